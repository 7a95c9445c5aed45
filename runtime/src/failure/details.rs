//! The fields of a failure on their way out, and back.

use temporalio_common::{
    data_converters::{GenericPayloadConverter, PayloadConversionError, SerializationContext, TemporalSerializable},
    protos::temporal::api::common::v1::Payload,
};

use crate::arguments::{ArgumentError, ArgumentValue, Decoder, Unencodable};

/// The fields of a failure, one payload each.
pub struct Details(Vec<SentDetail>);

/// A field whose type is forgotten.
pub struct SentDetail(Box<dyn Encode>);

/// A type that a field of a failure can have.
// Both functions lack the same if it is none, in the same words and at the same type, which the compiler says once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent over the wire",
    label = "not a detail of a failure",
    note = "derive `serde::Serialize` and `serde::Deserialize` for `{Self}`; it must be `Send`, `Sync` and `'static` too"
)]
pub trait Detail {
    /// The field on its way out.
    fn sent(self) -> SentDetail;

    /// The field that has arrived.
    fn received(details: &mut Decoder<'_>) -> Result<Self, Box<ArgumentError>>
    where
        Self: Sized;
}

#[diagnostic::do_not_recommend]
impl<T: ArgumentValue> Detail for T {
    fn sent(self) -> SentDetail {
        SentDetail(Box::new(self))
    }

    fn received(details: &mut Decoder<'_>) -> Result<Self, Box<ArgumentError>> {
        details.decode()
    }
}

trait Encode: Send + Sync {
    fn encode(&self, position: usize, context: &SerializationContext<'_>) -> Result<Payload, PayloadConversionError>;
}

impl<T: ArgumentValue> Encode for T {
    fn encode(&self, position: usize, context: &SerializationContext<'_>) -> Result<Payload, PayloadConversionError> {
        let payload = context.converter.to_payload(context, self);
        payload.map_err(|error| Unencodable::of::<T>(position, error))
    }
}

impl Details {
    /// These fields.
    pub fn of<const COUNT: usize>(fields: [SentDetail; COUNT]) -> Self {
        Self(fields.into())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl TemporalSerializable for Details {
    fn to_payloads(&self, context: &SerializationContext<'_>) -> Result<Vec<Payload>, PayloadConversionError> {
        self.0.iter().enumerate().map(|(position, SentDetail(detail))| detail.encode(position, context)).collect()
    }
}
