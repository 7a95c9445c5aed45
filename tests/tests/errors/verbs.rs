//! Every verb a client has, and what its error says.

use std::error::Error;

use durably::{
    AsyncActivityError, CallError, ExecuteError, RpcOptions, StartWithUpdateError, UpdateError, WorkflowGetResultError,
    WorkflowInteractionError, WorkflowQueryError, WorkflowStartError,
    calls::{CallErrorKind, Verb},
    prelude::*,
    temporal::client::tonic::{Code, Status},
};

use super::{Lamp, LampHandle};

/// What an error says.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) verb: Verb,
    pub(super) workflow_id: Option<String>,
    /// Whether it has the variant for what is not found.
    pub(super) not_found: bool,
    /// What the server, or the way to it, says.
    pub(super) code: Option<Code>,
    pub(super) message: String,
    /// What an activity says that fails with it.
    pub(super) activity_failure: String,
}

/// An error that may come from the server.
pub(super) trait FromServer: CallErrorKind {
    /// Whether it has the variant for what is not found, and the status.
    fn status(&self) -> Option<(bool, &Status)>;
}

macro_rules! from_server {
    ($($kind:ident),*) => {$(
        impl FromServer for $kind {
            fn status(&self) -> Option<(bool, &Status)> {
                match self {
                    $kind::NotFound(status) => Some((true, status)),
                    $kind::Rpc(status) => Some((false, status)),
                    _ => None,
                }
            }
        }
    )*};
}

from_server!(AsyncActivityError, UpdateError, WorkflowGetResultError, WorkflowInteractionError, WorkflowQueryError);

impl FromServer for WorkflowStartError {
    fn status(&self) -> Option<(bool, &Status)> {
        match self {
            Self::Rpc(status) => Some((false, status)),
            _ => None,
        }
    }
}

impl FromServer for ExecuteError {
    fn status(&self) -> Option<(bool, &Status)> {
        match self {
            Self::Start(error) => error.status(),
            Self::Result(error) => error.status(),
            _ => None,
        }
    }
}

impl FromServer for StartWithUpdateError {
    fn status(&self) -> Option<(bool, &Status)> {
        match self {
            Self::Start(error) => error.status(),
            Self::Update(error) => error.status(),
            Self::Rpc(status) => Some((false, status)),
            _ => None,
        }
    }
}

/// The error of a call, taken apart. What holds for all of them is asserted here.
pub(super) fn said<T, K: FromServer>(result: Result<T, CallError<K>>) -> Said {
    let Err(error) = result else { panic!("it did not fail") };
    let message = error.to_string();
    for dump in ["metadata", "Status {", "code: ", "source: ", "Failure("] {
        assert!(!message.contains(dump), "{message}");
    }
    assert_eq!(format!("{error:?}"), message, "`main` prints it");
    assert!(error.source().is_none(), "the message has said all: {message}");
    let (not_found, code) = match error.status() {
        Some((not_found, status)) => (not_found, Some(status.code())),
        None => (false, None),
    };
    let workflow_id = error.workflow_id().map(str::to_owned);
    if let Some(id) = &workflow_id {
        assert!(message.contains(&format!("workflow `{id}`")), "{message}");
    }
    let verb = error.call.verb;
    // As `?` has it in an activity that is a client.
    let ActivityError::Application(failure) = ActivityError::from(error) else {
        panic!("another kind of error of an activity")
    };
    Said { verb, workflow_id, not_found, code, message, activity_failure: failure.to_string() }
}

/// Every verb of a workflow handle, with these options.
pub(super) async fn verbs(lamp: &LampHandle, options: &RpcOptions) -> Vec<Said> {
    let with = || options.clone();
    let all = vec![
        (said(lamp.switch_on().rpc_options(with()).await), "signal `switch_on` to workflow `"),
        (said(lamp.on().rpc_options(with()).await), "query `on` of workflow `"),
        (said(lamp.switch().rpc_options(with()).await), "update `switch` of workflow `"),
        (said(lamp.switch().rpc_options(with()).accepted().await), "update `switch` of workflow `"),
        (said(lamp.cancel().rpc_options(with()).await), "cancelling workflow `"),
        (said(lamp.terminate().rpc_options(with()).await), "terminating workflow `"),
        (said(lamp.describe().rpc_options(with()).await), "describing workflow `"),
        (said(lamp.result().rpc_options(with()).await), "result of workflow `"),
    ];
    checked(all, lamp.workflow_id())
}

/// Every way to start a workflow, with these options.
pub(super) async fn starts(client: &Client, id: &str, options: &RpcOptions) -> Vec<Said> {
    let start = || Lamp::start(client).id(id).task_queue("nobody").rpc_options(options.clone());
    let all = vec![
        (said(start().await), "start of `Lamp` as workflow `"),
        (said(start().execute().await), "start of `Lamp` as workflow `"),
        (
            said(start().with_signal(|lamp| lamp.switch_on()).await),
            "start of `Lamp` with signal `switch_on` as workflow `",
        ),
        (said(start().with_update(|lamp| lamp.switch()).await), "start of `Lamp` with update `switch` as workflow `"),
    ];
    checked(all, id)
}

fn checked(all: Vec<(Said, &str)>, workflow_id: &str) -> Vec<Said> {
    let check = |(said, begin): (Said, &str)| {
        assert!(said.message.starts_with(&format!("{begin}{workflow_id}`")), "{}", said.message);
        assert_eq!(said.workflow_id.as_deref(), Some(workflow_id), "{}", said.message);
        assert_eq!(said.activity_failure, said.message);
        said
    };
    all.into_iter().map(check).collect()
}
