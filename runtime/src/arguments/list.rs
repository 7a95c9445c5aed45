//! Lists of arguments: `(first, (second, ()))`, so that there may be any number of them.

use temporalio_common::{
    data_converters::{
        GenericPayloadConverter, PayloadConversionError, SerializationContext, TemporalDeserializable,
        TemporalSerializable,
    },
    protos::temporal::api::common::v1::Payload,
};

use super::{ArgumentError, Decoder, error::Unencodable};

/// A value that can be an argument: serde types are, and whatever implements Temporal's own payload traits.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent over the wire",
    label = "not an argument or result of a workflow, a handler or an activity",
    note = "derive `serde::Serialize` and `serde::Deserialize` for `{Self}`; it must be `Send`, `Sync` and `'static` too"
)]
pub trait ArgumentValue: TemporalSerializable + TemporalDeserializable + Send + Sync + 'static {}

// Of two missing traits the compiler would report both, and neither by our name.
#[diagnostic::do_not_recommend]
impl<T: TemporalSerializable + TemporalDeserializable + Send + Sync + 'static> ArgumentValue for T {}

/// Arguments by position: `()` or `(first, rest)`.
pub trait ArgumentList: Send + Sync + Sized + 'static {
    /// Appends one payload for each argument.
    #[doc(hidden)]
    fn encode_into(
        &self,
        context: &SerializationContext<'_>,
        payloads: &mut Vec<Payload>,
    ) -> Result<(), PayloadConversionError>;

    /// Takes one payload for each argument.
    #[doc(hidden)]
    fn decode_from(decoder: &mut Decoder<'_>) -> Result<Self, Box<ArgumentError>>;
}

impl ArgumentList for () {
    fn encode_into(&self, _: &SerializationContext<'_>, _: &mut Vec<Payload>) -> Result<(), PayloadConversionError> {
        Ok(())
    }

    fn decode_from(_: &mut Decoder<'_>) -> Result<Self, Box<ArgumentError>> {
        Ok(())
    }
}

impl<First: ArgumentValue, Rest: ArgumentList> ArgumentList for (First, Rest) {
    fn encode_into(
        &self,
        context: &SerializationContext<'_>,
        payloads: &mut Vec<Payload>,
    ) -> Result<(), PayloadConversionError> {
        let payload = context.converter.to_payload(context, &self.0);
        payloads.push(payload.map_err(|error| Unencodable::of::<First>(payloads.len(), error))?);
        self.1.encode_into(context, payloads)
    }

    fn decode_from(decoder: &mut Decoder<'_>) -> Result<Self, Box<ArgumentError>> {
        Ok((decoder.decode()?, Rest::decode_from(decoder)?))
    }
}

/// One payload for each argument of the list.
pub(crate) fn encode_list<L: ArgumentList>(
    list: &L,
    context: &SerializationContext<'_>,
) -> Result<Vec<Payload>, PayloadConversionError> {
    let mut payloads = Vec::new();
    list.encode_into(context, &mut payloads)?;
    Ok(payloads)
}
