//! A failure on its way out: an application failure with its type, its details and what is said about retries.

use temporalio_common::error::{ApplicationErrorCategory, ApplicationFailure, FailurePayloads};
use temporalio_workflow::WorkflowTermination;

use super::Failure;

/// The application failure that a failure is on the wire.
pub fn application_failure<F: Failure>(failure: F) -> ApplicationFailure {
    let message = failure.message();
    let variant = F::TABLE.variants.get(F::place(&failure));
    let details = F::details(failure);
    ApplicationFailure::builder(message)
        .maybe_type_name(variant.map(|variant| variant.name.to_owned()))
        .non_retryable(variant.is_some_and(|variant| variant.non_retryable))
        .maybe_next_retry_delay(variant.and_then(|variant| variant.next_retry_delay))
        .category(variant.map_or(ApplicationErrorCategory::Unspecified, |variant| variant.category))
        .maybe_details((!details.is_empty()).then(|| FailurePayloads::from(details)))
        .build()
}

/// A workflow that ends with a failure.
pub fn termination<F: Failure>(failure: F) -> WorkflowTermination {
    WorkflowTermination::failed_application(application_failure(failure))
}
