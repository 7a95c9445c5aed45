//! What a failed workflow, update or activity says, in one line.

use std::fmt;

use temporalio_common::error::IncomingError;

/// A failure with its causes: `activity `charge` failed: the card is refused`.
///
/// Temporal's own `Display` of most of them is that of the message on the wire, event ids and all.
pub(super) struct Reasons<'a>(pub(super) &'a IncomingError);

impl fmt::Display for Reasons<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_reason(self.0, f)?;
        let mut failure = self.0;
        while let Some(cause) = failure.cause() {
            f.write_str(": ")?;
            write_reason(cause, f)?;
            failure = cause;
        }
        Ok(())
    }
}

fn write_reason(failure: &IncomingError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match failure {
        IncomingError::Application(failure) => {
            let message = failure.to_string();
            f.write_str(match message.as_str() {
                "" => failure.type_name().unwrap_or("it gives no reason"),
                message => message,
            })
        }
        IncomingError::Activity(failure) => match failure.activity_type() {
            Some(activity) => write!(f, "activity `{activity}` failed"),
            None => write!(f, "activity of id `{}` failed", failure.activity_id()),
        },
        IncomingError::ChildWorkflowExecution(failure) => {
            f.write_str("child workflow")?;
            if let Some(child) = failure.workflow_type() {
                write!(f, " `{child}`")?;
            }
            if let Some(child) = failure.workflow_execution() {
                write!(f, " of id `{}`", child.workflow_id())?;
            }
            f.write_str(" failed")
        }
        IncomingError::Timeout(failure) => write_message(&failure.failure().message, "timed out", f),
        IncomingError::Cancelled(failure) => write_message(&failure.failure().message, "cancelled", f),
        IncomingError::Terminated(failure) => write_message(&failure.failure().message, "terminated", f),
        other => write_message(&other.failure().message, "it gives no reason", f),
    }
}

fn write_message(message: &str, otherwise: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(if message.is_empty() { otherwise } else { message })
}
