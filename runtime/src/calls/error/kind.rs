//! The kinds of errors that calls fail with, in words.

use std::fmt;

use temporalio_client::{
    WorkflowHistoryError,
    errors::{
        AsyncActivityError, WorkflowGetResultError, WorkflowInteractionError, WorkflowQueryError, WorkflowStartError,
    },
};
use temporalio_common::data_converters::PayloadConversionError;

use super::{
    Call,
    failure::Reasons,
    status::{Said, write_chain, write_status},
};
use crate::{
    arguments::Unencodable,
    calls::{ExecuteError, StartWithUpdateError, UpdateError},
    failure::{Failed, Failure, UndecodableFailure},
};

/// What can be wrong with a call; see [`CallError`](crate::CallError).
pub trait CallErrorKind: fmt::Debug + Send + Sync + 'static {
    /// Says what is wrong, after what was called.
    #[doc(hidden)]
    fn explain(&self, call: &Call, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

impl CallErrorKind for WorkflowStartError {
    fn explain(&self, call: &Call, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlreadyStarted { source, .. } => write!(
                f,
                "a workflow of this id is there already ({}); use another id, or say with `id_conflict_policy` \
                 and `id_reuse_policy` what is to become of it",
                Said(source)
            ),
            Self::PayloadConversion(error) => write_conversion(error, call, f),
            Self::Rpc(status) => write_status(status, call, f),
            other => write_chain(other, f),
        }
    }
}

impl CallErrorKind for WorkflowInteractionError {
    fn explain(&self, call: &Call, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(status) | Self::Rpc(status) => write_status(status, call, f),
            Self::PayloadConversion(error) => write_conversion(error, call, f),
            Self::Other(error) => write_chain(error.as_ref(), f),
            other => write_chain(other, f),
        }
    }
}

impl CallErrorKind for WorkflowQueryError {
    fn explain(&self, call: &Call, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(status) | Self::Rpc(status) => write_status(status, call, f),
            Self::Rejected { status: Some(status) } => {
                write!(f, "its `reject_condition` rejects a workflow that is {status:?}")
            }
            Self::Rejected { status: None } => f.write_str("its `reject_condition` rejects the state of the workflow"),
            Self::PayloadConversion(error) => write_conversion(error, call, f),
            Self::Other(error) => write_chain(error.as_ref(), f),
            other => write_chain(other, f),
        }
    }
}

impl CallErrorKind for WorkflowGetResultError {
    fn explain(&self, call: &Call, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(failure) => write!(f, "it failed: {}", Reasons(failure)),
            Self::Cancelled { .. } => f.write_str("it was cancelled"),
            Self::Terminated { .. } => f.write_str("it was terminated"),
            Self::TimedOut => f.write_str("it timed out"),
            Self::ContinuedAsNew => f.write_str("it continued as a new run; `follow_runs(true)` waits for that one"),
            Self::NotFound(status) | Self::Rpc(status) => write_status(status, call, f),
            Self::PayloadConversion(error) => write_conversion(error, call, f),
            Self::Other(error) => write_chain(error.as_ref(), f),
            other => write_chain(other, f),
        }
    }
}

impl CallErrorKind for UpdateError {
    fn explain(&self, call: &Call, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(failure) => write!(f, "it failed: {}", Reasons(failure)),
            Self::NotFound(status) | Self::Rpc(status) => write_status(status, call, f),
            Self::PayloadConversion(error) => write_conversion(error, call, f),
            Self::Other(error) => write_chain(error.as_ref(), f),
        }
    }
}

impl CallErrorKind for ExecuteError {
    fn explain(&self, call: &Call, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(error) => error.explain(call, f),
            Self::Result(error) => error.explain(call, f),
        }
    }
}

impl CallErrorKind for StartWithUpdateError {
    fn explain(&self, call: &Call, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(error) => error.explain(call, f),
            Self::Update(error) => error.explain(call, f),
            Self::PayloadConversion(error) => write_conversion(error, call, f),
            Self::Rpc(status) => write_status(status, call, f),
            Self::Options(reason) => f.write_str(reason),
            Self::Other(error) => write_chain(error.as_ref(), f),
        }
    }
}

impl<F: Failure + Send + Sync, E: CallErrorKind> CallErrorKind for Failed<F, E> {
    fn explain(&self, call: &Call, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Declared(failure) => write!(f, "it failed: {}", failure.message()),
            Self::Other(error) => error.explain(call, f),
        }
    }
}

impl CallErrorKind for WorkflowHistoryError {
    fn explain(&self, call: &Call, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fetch(error) => error.explain(call, f),
            other => write_chain(other, f),
        }
    }
}

impl CallErrorKind for AsyncActivityError {
    fn explain(&self, call: &Call, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(status) | Self::Rpc(status) => write_status(status, call, f),
            Self::PayloadConversion(error) => write_conversion(error, call, f),
            other => write_chain(other, f),
        }
    }
}

/// What the data converter says: which argument, or that it is the answer, and of which type it should be.
fn write_conversion(error: &PayloadConversionError, call: &Call, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let PayloadConversionError::EncodingError(error) = error else {
        write_subject(call, f)?;
        return f.write_str("the payload has another encoding");
    };
    if let Some(unencodable) = error.downcast_ref::<Unencodable>() {
        let (place, ty) = (unencodable.position + 1, short_name(unencodable.ty));
        write!(f, "argument {place} of type `{ty}` cannot be encoded: ")?;
        return write_chain(unencodable.reason(), f);
    }
    if let Some(undecodable) = error.downcast_ref::<UndecodableFailure>() {
        return write!(f, "{undecodable}");
    }
    write_subject(call, f)?;
    write_chain(error.as_ref(), f)?;
    match (call.answer, &call.workflow_type) {
        (Some(_), Some(workflow_type)) => write!(f, "; is the workflow a `{workflow_type}` of this version?"),
        _ => Ok(()),
    }
}

fn write_subject(call: &Call, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match call.answer {
        Some(answer) => write!(f, "the answer cannot be decoded into `{}`: ", short_name(answer)),
        None => f.write_str("what is sent or answered does not convert: "),
    }
}

/// A type without its paths: `Vec<String>` for `alloc::vec::Vec<alloc::string::String>`.
fn short_name(name: &str) -> String {
    let mut short = String::with_capacity(name.len());
    let mut word = 0;
    let mut colons = 0;
    for character in name.chars() {
        match character {
            ':' => colons += 1,
            _ if character.is_alphanumeric() || character == '_' => {
                if colons == 2 {
                    short.truncate(word);
                }
                colons = 0;
                short.push(character);
            }
            _ => {
                colons = 0;
                short.push(character);
                word = short.len();
            }
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_named_without_paths() {
        assert_eq!(short_name(std::any::type_name::<Vec<Option<String>>>()), "Vec<Option<String>>");
        assert_eq!(short_name(std::any::type_name::<(u32, std::time::Duration)>()), "(u32, Duration)");
        assert_eq!(short_name(std::any::type_name::<[std::time::Duration; 2]>()), "[Duration; 2]");
    }
}
