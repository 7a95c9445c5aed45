use prost::Message as _;
use temporalio_protos::temporal::api::common::v1::SearchAttributes;

use super::{
    super::Refused,
    Attributes, Values, limits, system,
    value::{Value, unsets},
};

impl Attributes {
    /// Checks the search attributes of a start, an upsert or a continue-as-new, and fills in the `type` of each
    /// payload that has none. Values that unset an attribute stay, as they do in the event of an upsert.
    ///
    /// # Errors
    /// The attribute is not known or not for users to set, or its value is of another type or too large. The engine
    /// puts `BadSearchAttributes: ` before the text where a command is refused.
    pub(crate) fn normalise(&self, given: &SearchAttributes) -> Result<SearchAttributes, Refused> {
        // Sorted, so that of two mistakes always the same one is told.
        let mut names = given.indexed_fields.keys().collect::<Vec<_>>();
        names.sort();
        if let Some(unknown) = names.iter().find(|name| self.custom(name).is_none() && system::find(name).is_none()) {
            let namespace = self.namespace();
            return Err(Refused::invalid_argument(format!(
                "Namespace {namespace} has no mapping defined for search attribute {unknown}"
            )));
        }
        let mut normal = given.clone();
        for name in names {
            let kind = match (self.custom(name), system::find(name)) {
                (Some(kind), _) | (None, Some((_, kind, true))) => kind,
                _ => {
                    return Err(Refused::invalid_argument(format!(
                        "{name} attribute can't be set in SearchAttributes"
                    )));
                }
            };
            let Some(payload) = normal.indexed_fields.get_mut(name) else { continue };
            if let Err(held) = Value::decode(payload, kind) {
                return Err(Refused::invalid_argument(format!(
                    "invalid value for search attribute {name} of type {kind}: {held}"
                )));
            }
            let size = payload.data.len();
            if size > limits::VALUE_SIZE {
                return Err(Refused::invalid_argument(format!(
                    "search attribute {name} value size {size} exceeds size limit {}",
                    limits::VALUE_SIZE
                )));
            }
            payload.metadata.entry("type".to_owned()).or_insert_with(|| kind.name().into());
        }
        let size = given.encoded_len();
        if size > limits::TOTAL_SIZE {
            return Err(Refused::invalid_argument(format!(
                "total size of search attributes {size} exceeds size limit {}",
                limits::TOTAL_SIZE
            )));
        }
        Ok(normal)
    }

    /// The values of a run's search attributes, for its [`Record`](super::super::Record).
    pub(crate) fn values(&self, payloads: &SearchAttributes) -> Values {
        let decode = |(name, payload): (&String, _)| {
            let value = Value::decode(payload, self.kind(name)?).ok()??;
            Some((name.clone(), value))
        };
        payloads.indexed_fields.iter().filter_map(decode).collect()
    }
}

/// Applies the search attributes of a start or an upsert to those of the run: what is null or empty is taken away.
pub(crate) fn merge(into: &mut SearchAttributes, changes: &SearchAttributes) {
    for (name, payload) in &changes.indexed_fields {
        if unsets(payload) {
            into.indexed_fields.remove(name);
        } else {
            into.indexed_fields.insert(name.clone(), payload.clone());
        }
    }
}
