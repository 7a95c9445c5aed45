//! What the server, or the way to it, says, and what to do about it.

use std::{error::Error, fmt};

use temporalio_client::tonic::{Code, Status, TimeoutExpired, transport};
use temporalio_common::protos::{
    temporal::api::errordetails::v1::NamespaceNotFoundFailure, utilities::decode_status_detail,
};

use super::{Call, Verb};

/// A status in words.
pub(super) fn write_status(status: &Status, call: &Call, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let said = Said(status);
    let namespace = &call.namespace;
    match status.code() {
        Code::NotFound => match missing_namespace(status) {
            Some(missing) => {
                write!(f, "there is no namespace `{missing}`; register it, or give the client another one")
            }
            None => write_not_found(said, call, f),
        },
        Code::Unavailable => {
            f.write_str("the server")?;
            if let Some(address) = &call.address {
                write!(f, " at {address}")?;
            }
            write!(f, " cannot be reached ({said}); is it running, and is the way to it open?")
        }
        Code::DeadlineExceeded => write_late(said, call, f),
        Code::Cancelled if is_timeout(status) => write_late(said, call, f),
        Code::PermissionDenied | Code::Unauthenticated => {
            write!(f, "the server does not let this client do it ({said}); check its API key or certificate, ")?;
            write!(f, "and what they allow in namespace `{namespace}`")
        }
        _ => write!(f, "{said}"),
    }
}

fn write_not_found(said: Said<'_>, call: &Call, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let namespace = &call.namespace;
    if call.verb.is_of_an_activity() {
        return match call.activity_id {
            Some(_) => write!(
                f,
                "it is not found ({said}); are the ids right, in namespace `{namespace}`, or is it finished or timed out?"
            ),
            None => write!(f, "it is not found ({said}); is it finished, timed out or tried again since?"),
        };
    }
    if call.verb == Verb::Update && call.name.is_none() {
        return write!(
            f,
            "it is not found ({said}); are the workflow id and the update id right, in namespace `{namespace}`?"
        );
    }
    let running = call.verb.wants_a_running_workflow();
    let id = match call.run_id {
        Some(_) if running => {
            write!(f, "this run is not found, or is not running ({said})")?;
            "run id"
        }
        Some(_) => {
            write!(f, "this run is not found ({said})")?;
            "run id"
        }
        None => {
            write!(f, "no {}workflow of this id is found ({said})", if running { "running " } else { "" })?;
            "id"
        }
    };
    let otherwise = if running { "has it closed" } else { "is its retention over" };
    write!(f, "; is the {id} right, in namespace `{namespace}`, or {otherwise}?")
}

fn write_late(said: Said<'_>, call: &Call, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "there was no answer in time ({said}); give it more time with `rpc_options`")?;
    if call.verb.wants_a_worker() {
        f.write_str(", and see whether a worker polls the task queue of the workflow")?;
    }
    Ok(())
}

/// The namespace, if that is what is not found.
pub(crate) fn missing_namespace(status: &Status) -> Option<String> {
    let NamespaceNotFoundFailure { namespace } = decode_status_detail(status.details())?;
    // Details of another kind may decode as these: the message has to agree.
    let message = status.message();
    let agrees = !namespace.is_empty() && message.contains("amespace") && message.contains(&namespace);
    agrees.then_some(namespace)
}

/// Whether the deadline of the call is what has cancelled it.
fn is_timeout(status: &Status) -> bool {
    let mut error: Option<&(dyn Error + 'static)> = status.source();
    while let Some(cause) = error {
        if cause.is::<TimeoutExpired>() {
            return true;
        }
        error = cause.source();
    }
    status.message() == TimeoutExpired(()).to_string()
}

/// The message of a status; what the code means if there is none.
#[derive(Clone, Copy)]
pub(crate) struct Said<'a>(pub(crate) &'a Status);

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = match self.0.message() {
            "" => self.0.code().description(),
            message => message,
        };
        f.write_str(message)?;
        write_causes(message.to_owned(), self.0.source(), f)
    }
}

/// An error with those below it.
pub(super) fn write_chain(error: &(dyn Error + 'static), f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let message = error.to_string();
    f.write_str(&message)?;
    write_causes(message, error.source(), f)
}

/// What the errors below add to what is said already; many repeat it.
fn write_causes(
    mut said: String,
    mut error: Option<&(dyn Error + 'static)>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    while let Some(cause) = error {
        error = cause.source();
        let message = cause.to_string();
        // Of what is wrong on the way, this says only that it is on the way.
        let says_nothing = cause.is::<transport::Error>() && error.is_some();
        if !says_nothing && !said.contains(&message) {
            write!(f, ": {message}")?;
            said.push_str(&message);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{io, sync::Arc};

    use super::*;
    use crate::{CallError, WorkflowInteractionError};

    fn message(verb: Verb, status: Status) -> String {
        let call = Call { namespace: "billing".into(), ..Call::unsent(verb) }.workflow_id("order-7");
        CallError::new(call, WorkflowInteractionError::Rpc(status)).to_string()
    }

    #[test]
    fn a_status_without_a_message_is_its_code() {
        let said = message(Verb::Signal, Status::new(Code::ResourceExhausted, ""));
        assert_eq!(said, "signal `` to workflow `order-7`: Some resource has been exhausted");
    }

    #[test]
    fn who_may_not_is_told_where() {
        let said = message(Verb::Describe, Status::permission_denied("Request unauthorized."));
        assert_eq!(
            said,
            "describing workflow `order-7`: the server does not let this client do it (Request unauthorized.); \
             check its API key or certificate, and what they allow in namespace `billing`"
        );
    }

    #[test]
    fn causes_are_told_once() {
        let mut status = Status::unavailable("broken");
        status.set_source(Arc::new(io::Error::other(io::Error::other("broken"))));
        let said = message(Verb::Terminate, status);
        assert!(said.contains("the server cannot be reached (broken); is it running"), "{said}");
        let mut status = Status::internal("broken");
        status.set_source(Arc::new(io::Error::other("a pipe burst")));
        assert!(message(Verb::Terminate, status).ends_with(": broken: a pipe burst"));
    }

    #[test]
    fn only_what_names_the_namespace_is_about_it() {
        let said = message(Verb::Describe, Status::not_found("nobody knows it"));
        assert!(said.contains("no workflow of this id is found (nobody knows it)"), "{said}");
    }
}
