//! A call of a handler as it comes from the wire.

use temporalio_common::{
    data_converters::{PayloadConverter, SerializationContext, SerializationContextData, WorkflowSerializationContext},
    protos::temporal::api::common::v1::Payload,
};
use temporalio_workflow::workflows::WorkflowError;

use super::Decoded;
use crate::arguments::{ArgumentList, Callee, decode_list};

/// The payloads of a call, and what they are for.
pub struct Incoming<'a> {
    pub(in crate::workflow) callee: Callee,
    pub(in crate::workflow) payloads: Vec<Payload>,
    pub(in crate::workflow) converter: &'a PayloadConverter,
}

impl Incoming<'_> {
    /// The payloads as the arguments `A`.
    pub(super) fn decode<A: ArgumentList>(self) -> Result<Decoded, WorkflowError> {
        let data = SerializationContextData::Workflow(WorkflowSerializationContext::new());
        let context = SerializationContext::new(&data, self.converter);
        let arguments = decode_list::<A>(self.callee, self.payloads, &context)
            .map_err(|error| WorkflowError::PayloadConversion(error.into()))?;
        Ok(Box::new(arguments))
    }
}
