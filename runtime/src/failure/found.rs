//! Looking for a declared failure in what a call failed with.

use std::{error::Error, fmt};

use temporalio_client::errors::WorkflowGetResultError;
use temporalio_common::{
    data_converters::{
        PayloadConversionError, PayloadConverter, SerializationContext, SerializationContextData,
        TemporalDeserializable,
    },
    error::{ActivityExecutionError, ApplicationFailure, ChildWorkflowExecutionError, IncomingError},
    protos::temporal::api::common::v1::Payload,
};

use super::{Failed, Failure};
use crate::{
    arguments::{ArgumentError, Callee, decode_with},
    calls::{ChildWorkflowError, ExecuteError, StartWithUpdateError, UpdateError},
};

/// An error of a call, in which the failure of what was called is found.
pub trait FailedCall: Error + Send + Sync + Sized + 'static {
    /// What the callee itself failed with. That which it failed for in turn does not count.
    fn callee_failure(&self) -> Option<&ApplicationFailure>;

    /// The error of a call whose answer does not convert.
    fn conversion(error: PayloadConversionError) -> Self;
}

impl FailedCall for ActivityExecutionError {
    fn callee_failure(&self) -> Option<&ApplicationFailure> {
        application(self.reason())
    }

    fn conversion(error: PayloadConversionError) -> Self {
        Self::Serialization(error)
    }
}

impl FailedCall for ChildWorkflowExecutionError {
    fn callee_failure(&self) -> Option<&ApplicationFailure> {
        application(self.reason())
    }

    fn conversion(error: PayloadConversionError) -> Self {
        Self::Serialization(error)
    }
}

impl FailedCall for ChildWorkflowError {
    fn callee_failure(&self) -> Option<&ApplicationFailure> {
        match self {
            Self::Start(_) => None,
            Self::Execution(error) => error.callee_failure(),
        }
    }

    fn conversion(error: PayloadConversionError) -> Self {
        Self::Execution(FailedCall::conversion(error))
    }
}

impl FailedCall for WorkflowGetResultError {
    fn callee_failure(&self) -> Option<&ApplicationFailure> {
        match self {
            Self::Failed(failure) => application(Some(failure)),
            _ => None,
        }
    }

    fn conversion(error: PayloadConversionError) -> Self {
        Self::PayloadConversion(error)
    }
}

impl FailedCall for ExecuteError {
    fn callee_failure(&self) -> Option<&ApplicationFailure> {
        match self {
            Self::Start(_) => None,
            Self::Result(error) => error.callee_failure(),
        }
    }

    fn conversion(error: PayloadConversionError) -> Self {
        Self::Result(FailedCall::conversion(error))
    }
}

impl FailedCall for UpdateError {
    fn callee_failure(&self) -> Option<&ApplicationFailure> {
        match self {
            Self::Failed(failure) => application(Some(failure)),
            _ => None,
        }
    }

    fn conversion(error: PayloadConversionError) -> Self {
        Self::PayloadConversion(error)
    }
}

impl FailedCall for StartWithUpdateError {
    fn callee_failure(&self) -> Option<&ApplicationFailure> {
        match self {
            Self::Update(error) => error.callee_failure(),
            _ => None,
        }
    }

    fn conversion(error: PayloadConversionError) -> Self {
        Self::Update(FailedCall::conversion(error))
    }
}

fn application(failure: Option<&IncomingError>) -> Option<&ApplicationFailure> {
    match failure {
        Some(IncomingError::Application(failure)) => Some(failure),
        _ => None,
    }
}

/// The failure `F` where the error is one, else the error.
pub(super) fn look_for<F: Failure, E: FailedCall>(error: E) -> Failed<F, E> {
    match error.callee_failure().and_then(decode::<F>) {
        None => Failed::Other(error),
        Some(Ok(failure)) => Failed::Declared(failure),
        Some(Err(details)) => {
            let error = UndecodableFailure { details, error: Box::new(error) };
            Failed::Other(E::conversion(PayloadConversionError::EncodingError(Box::new(error))))
        }
    }
}

/// The failure `F`, if that of the wire is of one of its types.
fn decode<F: Failure>(failure: &ApplicationFailure) -> Option<Result<F, Box<ArgumentError>>> {
    let name = failure.type_name()?;
    let (place, variant) = F::TABLE.variants.iter().enumerate().find(|(_, variant)| variant.name == name)?;
    let callee = Callee { kind: Callee::FAILURE, name: variant.name, arguments: variant.details };
    // Payloads alone: that never fails.
    let received = failure.details::<Received>().ok().flatten().unwrap_or_default();
    let context = SerializationContext::new(&received.data, &received.converter);
    Some(decode_with(callee, received.payloads, &context, |details| F::decode(place, details)))
}

/// Details as they arrived, and how to convert them.
struct Received {
    payloads: Vec<Payload>,
    converter: PayloadConverter,
    data: SerializationContextData,
}

impl Default for Received {
    fn default() -> Self {
        Self { payloads: Vec::new(), converter: PayloadConverter::default(), data: SerializationContextData::None }
    }
}

impl TemporalDeserializable for Received {
    fn from_payloads(
        context: &SerializationContext<'_>,
        payloads: Vec<Payload>,
    ) -> Result<Self, PayloadConversionError> {
        Ok(Self { payloads, converter: context.converter.clone(), data: context.data.clone() })
    }
}

/// A failure of a declared type, whose details are not those that are declared.
#[derive(Debug)]
pub(crate) struct UndecodableFailure {
    details: Box<ArgumentError>,
    /// The failure as it arrived.
    error: Box<dyn Error + Send + Sync>,
}

impl fmt::Display for UndecodableFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; the call failed with: {}", self.details, self.error)
    }
}

impl Error for UndecodableFailure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.error)
    }
}
