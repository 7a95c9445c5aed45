//! Values out of raw payloads.

use temporalio_common::data_converters::{
    GenericPayloadConverter, PayloadConversionError, PayloadConverter, RawValue, SerializationContext,
};

use crate::{arguments::ArgumentValue, wire::workflow_context};

/// Values out of the payloads that a dynamic handler, or a call by name, is given.
///
/// `RawValue::to_value` panics where these return an error.
///
/// ```
/// use durably::{prelude::*, untyped::DecodePayloads};
///
/// # #[workflow]
/// # #[derive(Default)]
/// # struct Inbox { letters: Vec<String> }
/// #[workflow]
/// impl Inbox {
///     # #[run]
///     # async fn run() {}
///     #[signal(dynamic)]
///     fn any(&mut self, ctx: &mut SyncWorkflowContext<Self>, name: String, args: RawValue) {
///         match args.argument::<u32>(0, ctx.payload_converter()) {
///             Ok(count) => self.letters.push(format!("{count} {name}")),
///             Err(error) => durably::log::warn!(ctx, "a letter of type {name} is not read: {error}"),
///         }
///     }
/// }
/// ```
pub trait DecodePayloads {
    /// The payload at this place, from 0, as a `T`.
    ///
    /// Errors: there is no such payload, or it does not decode into a `T`.
    fn argument<T: ArgumentValue>(
        &self,
        index: usize,
        converter: &PayloadConverter,
    ) -> Result<T, PayloadConversionError>;
}

impl DecodePayloads for RawValue {
    fn argument<T: ArgumentValue>(
        &self,
        index: usize,
        converter: &PayloadConverter,
    ) -> Result<T, PayloadConversionError> {
        let count = self.payloads.len();
        let payload = self.payloads.get(index).ok_or_else(|| {
            PayloadConversionError::EncodingError(format!("there is no payload {index}, {count} were sent").into())
        })?;
        let data = workflow_context();
        converter.from_payload(&SerializationContext::new(&data, converter), payload.clone())
    }
}
