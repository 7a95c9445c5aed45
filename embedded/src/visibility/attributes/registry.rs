use std::collections::{BTreeMap, HashMap};

use temporalio_protos::temporal::api::enums::v1::IndexedValueType;

use super::{super::Refused, Kind, limits, system};

/// The search attributes of one namespace: those of the system and those that users added.
#[derive(Clone, Debug)]
pub(crate) struct Attributes {
    namespace: String,
    custom: BTreeMap<String, Kind>,
}

impl Attributes {
    pub(crate) fn new(namespace: impl Into<String>) -> Self {
        Self { namespace: namespace.into(), custom: BTreeMap::new() }
    }

    /// Adds custom attributes, by name and number of type. All or none; a name that is there stays what it is.
    ///
    /// # Errors
    /// Nothing to add, a name that is reserved, a type that does not exist or of which there are enough.
    pub(crate) fn add(&mut self, wanted: &HashMap<String, i32>) -> Result<(), Refused> {
        named(wanted.is_empty())?;
        let mut custom = self.custom.clone();
        for (name, number) in wanted.iter().collect::<BTreeMap<_, _>>() {
            if system::reserved(name) {
                return Err(Refused::invalid_argument(format!("Search attribute {name} is reserved by system.")));
            }
            let Ok(proto) = IndexedValueType::try_from(*number) else {
                return Err(Refused::invalid_argument(format!("Unknown search attribute type: {number}.")));
            };
            let Some(kind) = Kind::from_proto(proto) else { return Err(enough(0, "Unspecified")) };
            custom.entry(name.clone()).or_insert(kind);
            let limit = limits::custom(kind);
            if custom.values().filter(|other| **other == kind).count() > limit {
                return Err(enough(limit, kind.name()));
            }
        }
        self.custom = custom;
        Ok(())
    }

    /// Takes custom attributes away. What does not exist is as good as removed. Runs keep their values, unseen.
    ///
    /// # Errors
    /// Nothing to remove, or an attribute of the system.
    pub(crate) fn remove(&mut self, names: &[String]) -> Result<(), Refused> {
        named(names.is_empty())?;
        if let Some(name) = names.iter().find(|name| system::find(name).is_some()) {
            return Err(Refused::invalid_argument(format!("Unable to remove non-custom search attributes: {name}.")));
        }
        self.custom.retain(|name, _| !names.contains(name));
        Ok(())
    }

    /// The custom attributes, for ListSearchAttributes.
    pub(crate) fn customs(&self) -> impl Iterator<Item = (&str, Kind)> {
        self.custom.iter().map(|(name, kind)| (name.as_str(), *kind))
    }

    /// The system's attributes, for ListSearchAttributes.
    pub(crate) fn systems() -> impl Iterator<Item = (&'static str, Kind)> {
        system::ALL.into_iter().map(|(name, kind, _)| (name, kind))
    }

    /// The type of an attribute by its exact name.
    pub(crate) fn kind(&self, name: &str) -> Option<Kind> {
        self.custom(name).or_else(|| system::find(name).map(|(_, kind, _)| kind))
    }

    /// What a filter means by `name`: `Temporal` may be left out or put in front, `ScheduleId` is a workflow's id.
    pub(in super::super) fn resolve(&self, name: &str) -> Option<(String, Kind)> {
        let system = |name: &str| system::find(name).map(|(name, kind, _)| (name.to_owned(), kind));
        if let Some(rest) = name.strip_prefix(system::PREFIX) {
            return system(name).or_else(|| system(rest));
        }
        if let Some(kind) = self.custom(name) {
            return Some((name.to_owned(), kind));
        }
        match name {
            "ScheduleId" => system("WorkflowId"),
            _ => system(name).or_else(|| system(&format!("{}{name}", system::PREFIX))),
        }
    }

    pub(super) fn custom(&self, name: &str) -> Option<Kind> {
        self.custom.get(name).copied()
    }

    pub(super) fn namespace(&self) -> &str {
        &self.namespace
    }
}

fn named(nothing: bool) -> Result<(), Refused> {
    if nothing { Err(Refused::invalid_argument("SearchAttributes are not set on request.")) } else { Ok(()) }
}

fn enough(limit: usize, kind: &str) -> Refused {
    Refused::invalid_argument(format!(
        "Unable to create search attributes: cannot have more than {limit} search attribute of type {kind}."
    ))
}
