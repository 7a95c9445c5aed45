//! The fields of a failure on their way out.

use temporalio_common::{
    data_converters::{GenericPayloadConverter, PayloadConversionError, SerializationContext, TemporalSerializable},
    protos::temporal::api::common::v1::Payload,
};

use crate::arguments::{ArgumentValue, Unencodable};

/// The fields of a failure, one payload each.
#[derive(Default)]
pub struct Details(Vec<Box<dyn Detail>>);

/// A field whose type is forgotten.
trait Detail: Send + Sync {
    fn encode(&self, position: usize, context: &SerializationContext<'_>) -> Result<Payload, PayloadConversionError>;
}

impl<T: ArgumentValue> Detail for T {
    fn encode(&self, position: usize, context: &SerializationContext<'_>) -> Result<Payload, PayloadConversionError> {
        let payload = context.converter.to_payload(context, self);
        payload.map_err(|error| Unencodable::of::<T>(position, error))
    }
}

impl Details {
    /// No fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// One more field.
    pub fn with<T: ArgumentValue>(mut self, detail: T) -> Self {
        self.0.push(Box::new(detail));
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl TemporalSerializable for Details {
    fn to_payloads(&self, context: &SerializationContext<'_>) -> Result<Vec<Payload>, PayloadConversionError> {
        self.0.iter().enumerate().map(|(position, detail)| detail.encode(position, context)).collect()
    }
}
