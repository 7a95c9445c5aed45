//! Failures of handlers as their authors meant them.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use temporalio_common::{
    data_converters::{
        DataConverter, FailureConverter, PayloadCodec, PayloadConversionError, PayloadConverter,
        SerializationContextData,
    },
    error::{IncomingError, OutgoingError, OutgoingWorkflowError},
    protos::temporal::api::{common::v1::Payload, failure::v1::Failure},
};

use crate::failure::CarriedFailure;

/// The data converter, with failures of handlers unwrapped.
///
/// Temporal's crate takes whatever error a query or an update returns for the source of a new application failure. Of an
/// `ApplicationFailure` only the message would be left: no type, no details, nothing on whether it may be retried.
pub(super) fn with_plain_failures(converter: DataConverter) -> DataConverter {
    let payloads = converter.payload_converter().clone();
    let shared = Arc::new(converter);
    DataConverter::new(payloads, PlainFailures(Arc::clone(&shared)), Codec(shared))
}

struct PlainFailures(Arc<DataConverter>);

impl FailureConverter for PlainFailures {
    fn to_failure(
        &self,
        error: OutgoingError,
        payload_converter: &PayloadConverter,
        context: &SerializationContextData,
    ) -> Failure {
        self.0.failure_converter().to_failure(unwrapped(error), payload_converter, context)
    }

    fn to_error(
        &self,
        failure: Failure,
        payload_converter: &PayloadConverter,
        context: &SerializationContextData,
    ) -> Result<IncomingError, PayloadConversionError> {
        self.0.failure_converter().to_error(failure, payload_converter, context)
    }
}

/// The codec of the wrapped converter; it cannot be taken out of it.
struct Codec(Arc<DataConverter>);

impl PayloadCodec for Codec {
    fn encode(
        &self,
        context: &SerializationContextData,
        payloads: Vec<Payload>,
    ) -> BoxFuture<'static, Result<Vec<Payload>, PayloadConversionError>> {
        self.0.codec().encode(context, payloads)
    }

    fn decode(
        &self,
        context: &SerializationContextData,
        payloads: Vec<Payload>,
    ) -> BoxFuture<'static, Result<Vec<Payload>, PayloadConversionError>> {
        self.0.codec().decode(context, payloads)
    }
}

/// The failure a handler returned, in place of the one that was made around it.
fn unwrapped(error: OutgoingError) -> OutgoingError {
    if let OutgoingError::Workflow(OutgoingWorkflowError::Application(failure)) = &error
        && let Some(carried) = failure.source_error().downcast_ref::<CarriedFailure>()
        && let Some(failure) = carried.take()
    {
        return OutgoingError::Workflow(failure.into());
    }
    error
}

#[cfg(test)]
mod tests {
    use temporalio_common::{error::ApplicationFailure, protos::temporal::api::failure::v1::failure::FailureInfo};

    use super::*;
    use crate::failure::carried;

    /// The failure as Temporal's crate sends it for an error that a handler returned.
    fn sent(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Failure {
        let error = OutgoingWorkflowError::from(ApplicationFailure::new(carried(error.into())));
        with_plain_failures(DataConverter::default())
            .to_failure(&SerializationContextData::None, OutgoingError::Workflow(error))
    }

    #[test]
    fn an_application_failure_arrives_whole() {
        let refused = ApplicationFailure::builder("no such card")
            .type_name("CardError".to_owned())
            .non_retryable(true)
            .details("1234".to_owned())
            .build();
        let failure = sent(refused);
        assert_eq!(failure.message, "no such card");
        let Some(FailureInfo::ApplicationFailureInfo(info)) = failure.failure_info else { panic!("no info") };
        assert_eq!(info.r#type, "CardError");
        assert!(info.non_retryable);
        assert_eq!(info.details.unwrap().payloads[0].data, br#""1234""#);
    }

    #[test]
    fn any_other_error_is_its_message() {
        assert_eq!(sent("no such card").message, "no such card");
    }
}
