//! Failures that the service makes itself, and what it reads from those of workers.

use crate::api::{
    Failure, FailureInfo, Payloads,
    enums::TimeoutType,
    failure::{ServerFailureInfo, TimeoutFailureInfo},
};

const SOURCE: &str = "Server";
/// How many failures may be the cause of each other. Most clients read no more than 100 messages one within the other, and
/// some are around these.
const CAUSES: usize = 80;

/// The failure of a worker without the causes that lie so deep that nobody could read the history.
pub(super) fn readable(mut failure: Failure) -> Failure {
    let mut at = &mut failure;
    for _ in 1..CAUSES {
        match at.cause.as_deref_mut() {
            Some(cause) => at = cause,
            None => return failure,
        }
    }
    at.cause = None;
    failure
}

/// The name a timeout has in messages and in lists of types that are not retried.
pub(super) fn timeout_name(timeout: TimeoutType) -> &'static str {
    match timeout {
        TimeoutType::ScheduleToStart => "ScheduleToStart",
        TimeoutType::ScheduleToClose => "ScheduleToClose",
        TimeoutType::Heartbeat => "Heartbeat",
        TimeoutType::StartToClose | TimeoutType::Unspecified => "StartToClose",
    }
}

/// An activity was too late; `cause` is how its last attempt failed.
pub(super) fn activity_timeout(
    timeout: TimeoutType,
    message: Option<&str>,
    heartbeat: Option<Payloads>,
    cause: Option<Failure>,
) -> Failure {
    let message = match message {
        Some(message) => message.to_owned(),
        None => format!("activity {} timeout", timeout_name(timeout)),
    };
    Failure {
        message,
        source: SOURCE.to_owned(),
        cause: cause.map(Box::new),
        failure_info: Some(FailureInfo::TimeoutFailureInfo(TimeoutFailureInfo {
            timeout_type: timeout as i32,
            last_heartbeat_details: heartbeat,
        })),
        ..Failure::default()
    }
}

/// A failure of the service that no retry mends, or one that might be mended.
pub(super) fn server(message: impl Into<String>, non_retryable: bool) -> Failure {
    Failure {
        message: message.into(),
        source: SOURCE.to_owned(),
        failure_info: Some(FailureInfo::ServerFailureInfo(ServerFailureInfo { non_retryable })),
        ..Failure::default()
    }
}
