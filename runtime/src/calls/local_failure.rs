//! Failures of local activities, in the shape that those of all other activities have.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use futures_util::future::FusedFuture;
use temporalio_common::{
    data_converters::{
        ActivityExecutionDecodeHint, DefaultFailureConverter, FailureConverter, FailureDecodeHint, PayloadConverter,
        SerializationContextData, WorkflowSerializationContext,
    },
    error::ActivityExecutionError,
    protos::temporal::api::{
        common::v1::ActivityType,
        failure::v1::{ActivityFailureInfo, Failure, failure::FailureInfo},
    },
};
use temporalio_workflow::CancellableFuture;

use super::command::Cancellable;

/// A local activity at work.
///
/// Temporal's crate gives its failure as it is, not as the cause of the failure of an activity: nothing asks that for its
/// reason, or whether it is a timeout.
pub(super) struct LocalActivity<'a, T> {
    running: Cancellable<'a, Result<T, ActivityExecutionError>>,
    converter: PayloadConverter,
    activity_type: String,
}

impl<'a, T> LocalActivity<'a, T> {
    pub(super) fn new(
        running: impl CancellableFuture<Output = Result<T, ActivityExecutionError>> + 'a,
        converter: &PayloadConverter,
        activity_type: String,
    ) -> Self {
        Self { running: Box::pin(running), converter: converter.clone(), activity_type }
    }

    fn within_activity(&self, error: ActivityExecutionError) -> ActivityExecutionError {
        let ActivityExecutionError::Failed(failed) = &error else { return error };
        let reason = failed.failure();
        if matches!(reason.failure_info, Some(FailureInfo::ActivityFailureInfo(_))) {
            return error;
        }
        let failure = Failure {
            message: reason.message.clone(),
            cause: Some(Box::new(reason.clone())),
            failure_info: Some(FailureInfo::ActivityFailureInfo(ActivityFailureInfo {
                activity_type: Some(ActivityType { name: self.activity_type.clone() }),
                ..ActivityFailureInfo::default()
            })),
            ..Failure::default()
        };
        let context = SerializationContextData::Workflow(WorkflowSerializationContext::new());
        // That of the worker has done its part already.
        match DefaultFailureConverter::default().to_error(failure, &self.converter, &context) {
            Ok(failure) => ActivityExecutionDecodeHint::new(false).adapt(failure),
            Err(_) => error,
        }
    }
}

impl<T> Future for LocalActivity<'_, T> {
    type Output = Result<T, ActivityExecutionError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let ended = self.running.as_mut().poll(cx);
        ended.map_err(|error| self.within_activity(error))
    }
}

impl<T> FusedFuture for LocalActivity<'_, T> {
    fn is_terminated(&self) -> bool {
        self.running.is_terminated()
    }
}

impl<T> CancellableFuture for LocalActivity<'_, T> {
    fn cancel(&self) {
        self.running.cancel();
    }
}
