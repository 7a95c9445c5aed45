//! Failures of handlers as their authors meant them.

use temporalio_common::{
    data_converters::{
        DataConverter, FailureConverter, PayloadCodec, PayloadConversionError, PayloadConverter,
        SerializationContextData,
    },
    error::{IncomingError, OutgoingError},
    protos::temporal::api::{
        common::v1::Payload,
        failure::v1::{ApplicationFailureInfo, Failure, failure::FailureInfo},
    },
};

use std::sync::Arc;

use futures_util::future::BoxFuture;

/// The data converter, with failures of handlers unwrapped.
///
/// Temporal's crate takes whatever error a query or an update returns for the source of a new application failure. An
/// `ApplicationFailure` then travels as the cause of an empty one, and callers in every language miss its type, its details
/// and whether it may be retried.
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
        unwrapped(self.0.failure_converter().to_failure(error, payload_converter, context))
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

/// The cause, if the failure says nothing that its cause does not say.
fn unwrapped(mut failure: Failure) -> Failure {
    let empty = FailureInfo::ApplicationFailureInfo(ApplicationFailureInfo::default());
    let says_nothing = failure.failure_info.as_ref() == Some(&empty);
    match failure.cause.take() {
        Some(cause) if says_nothing && cause.message == failure.message && is_application(&cause) => *cause,
        cause => {
            failure.cause = cause;
            failure
        }
    }
}

fn is_application(failure: &Failure) -> bool {
    matches!(failure.failure_info, Some(FailureInfo::ApplicationFailureInfo(_)))
}

#[cfg(test)]
mod tests {
    use temporalio_common::error::{ApplicationFailure, OutgoingWorkflowError};

    use super::*;

    fn failure(error: ApplicationFailure) -> Failure {
        let converter = with_plain_failures(DataConverter::default());
        let error = OutgoingError::Workflow(OutgoingWorkflowError::from(error));
        converter.to_failure(&SerializationContextData::None, error)
    }

    fn refused() -> ApplicationFailure {
        ApplicationFailure::builder("no such card").type_name("CardError".to_owned()).non_retryable(true).build()
    }

    #[test]
    fn an_application_failure_in_an_empty_one_comes_out() {
        let wrapped: Box<dyn std::error::Error + Send + Sync> = Box::new(refused());
        let failure = failure(ApplicationFailure::new(wrapped));
        let Some(FailureInfo::ApplicationFailureInfo(info)) = failure.failure_info else { panic!("{failure:?}") };
        assert_eq!(info.r#type, "CardError");
        assert!(info.non_retryable);
    }

    #[test]
    fn a_failure_that_says_something_keeps_its_cause() {
        let outer = ApplicationFailure::builder(Box::<dyn std::error::Error + Send + Sync>::from(Box::new(refused())));
        let failure = failure(outer.type_name("PaymentError".to_owned()).build());
        let Some(FailureInfo::ApplicationFailureInfo(info)) = failure.failure_info else { panic!("{failure:?}") };
        assert_eq!(info.r#type, "PaymentError");
        assert!(failure.cause.is_some());
    }
}
