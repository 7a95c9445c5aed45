//! What a client has called.

use std::{borrow::Cow, fmt};

use temporalio_client::{ActivityIdentifier, Client, WorkflowExecutionInfo};

use crate::client::address_of;

/// What a call does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verb {
    /// Starts a workflow.
    Start,
    /// Starts a workflow unless it is running, and signals it.
    SignalWithStart,
    /// Starts a workflow unless it is running, and updates it.
    UpdateWithStart,
    /// Signals a workflow.
    Signal,
    /// Queries a workflow.
    Query,
    /// Updates a workflow, or waits for the answer of an update.
    Update,
    /// Waits for the result of a workflow.
    Result,
    /// Asks a workflow to cancel itself.
    Cancel,
    /// Terminates a workflow.
    Terminate,
    /// Asks the server what it knows of a workflow.
    Describe,
    /// Takes a workflow back to an earlier point.
    Reset,
    /// Fetches the history of a workflow.
    History,
    /// Finishes an activity with its result.
    CompleteActivity,
    /// Fails an activity.
    FailActivity,
    /// Says that an activity has been cancelled.
    ReportActivityCancellation,
    /// Sends a heartbeat for an activity.
    HeartbeatActivity,
}

/// What a client has called, for the errors of the call.
#[derive(Clone)]
#[non_exhaustive]
pub struct Call {
    /// What the call does.
    pub verb: Verb,
    /// The namespace of the client.
    pub namespace: String,
    /// The workflow that was called, or that the activity belongs to; `None` for an activity by its task token.
    pub workflow_id: Option<String>,
    /// The run that was called, if the handle is bound to one.
    pub run_id: Option<String>,
    /// The workflow type, of a call that knows it.
    pub workflow_type: Option<Cow<'static, str>>,
    /// The signal, the query, the update or the activity type, by its name on the wire; `None` for an update by its id.
    pub name: Option<Cow<'static, str>>,
    /// The update id, of a call that has one.
    pub update_id: Option<String>,
    /// The activity id, unless the activity was named by its task token.
    pub activity_id: Option<String>,
    /// Where the server is, if the client is one of ours.
    pub(super) address: Option<String>,
    /// The type the caller wants.
    pub(super) answer: Option<&'static str>,
}

impl Call {
    pub(crate) fn new(client: &Client, verb: Verb) -> Self {
        let namespace = client.options().namespace.clone();
        Self { namespace, address: address_of(client), ..Self::unsent(verb) }
    }

    /// A call that is refused before there is a client for it.
    pub(crate) fn unsent(verb: Verb) -> Self {
        Self {
            verb,
            namespace: String::new(),
            workflow_id: None,
            run_id: None,
            workflow_type: None,
            name: None,
            update_id: None,
            activity_id: None,
            address: None,
            answer: None,
        }
    }

    /// A call of this workflow.
    pub(crate) fn of(client: &Client, verb: Verb, workflow: &WorkflowExecutionInfo) -> Self {
        let run_id = workflow.run_id.clone();
        Self { workflow_id: Some(workflow.workflow_id.clone()), run_id, ..Self::new(client, verb) }
    }

    pub(crate) fn workflow_id(self, workflow_id: impl Into<String>) -> Self {
        Self { workflow_id: Some(workflow_id.into()), ..self }
    }

    pub(crate) fn run_id(self, run_id: Option<&str>) -> Self {
        Self { run_id: run_id.map(str::to_owned), ..self }
    }

    pub(crate) fn workflow_type(self, workflow_type: impl Into<Cow<'static, str>>) -> Self {
        Self { workflow_type: Some(workflow_type.into()), ..self }
    }

    /// The handler that is called, by its name on the wire.
    pub(crate) fn name(self, name: Cow<'static, str>) -> Self {
        Self { name: Some(name), ..self }
    }

    pub(crate) fn update_id(self, update_id: &str) -> Self {
        Self { update_id: Some(update_id.to_owned()), ..self }
    }

    /// The answer is to be an `O`.
    pub(crate) fn answer<O>(self) -> Self {
        Self { answer: Some(std::any::type_name::<O>()), ..self }
    }

    /// The activity that is called.
    pub(crate) fn activity(self, name: impl Into<Cow<'static, str>>, identifier: &ActivityIdentifier) -> Self {
        let given = |id: &String| (!id.is_empty()).then(|| id.clone());
        let (workflow_id, run_id, activity_id) = match identifier {
            ActivityIdentifier::TaskToken(_) => (None, None, None),
            ActivityIdentifier::ByIdWorkflow { workflow_id, run_id, activity_id } => {
                (Some(workflow_id.clone()), given(run_id), Some(activity_id.clone()))
            }
            ActivityIdentifier::ByIdStandalone { activity_id, run_id } => {
                (None, given(run_id), Some(activity_id.clone()))
            }
        };
        Self { name: Some(name.into()), workflow_id, run_id, activity_id, ..self }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name.as_deref().unwrap_or_default();
        let workflow_type = self.workflow_type.as_deref().unwrap_or_default();
        match self.verb {
            Verb::Start => write!(f, "start of `{workflow_type}`")?,
            Verb::SignalWithStart => write!(f, "start of `{workflow_type}` with signal `{name}`")?,
            Verb::UpdateWithStart => write!(f, "start of `{workflow_type}` with update `{name}`")?,
            Verb::Signal => write!(f, "signal `{name}` to ")?,
            Verb::Query => write!(f, "query `{name}` of ")?,
            Verb::Update => match (&self.name, &self.update_id) {
                (Some(name), _) => write!(f, "update `{name}` of ")?,
                (None, Some(id)) => write!(f, "update of id `{id}` of ")?,
                (None, None) => f.write_str("update of ")?,
            },
            Verb::Result => f.write_str("result of ")?,
            Verb::Cancel => f.write_str("cancelling ")?,
            Verb::Terminate => f.write_str("terminating ")?,
            Verb::Describe => f.write_str("describing ")?,
            Verb::Reset => f.write_str("resetting ")?,
            Verb::History => f.write_str("history of ")?,
            Verb::CompleteActivity => write!(f, "completing activity `{name}` ")?,
            Verb::FailActivity => write!(f, "failing activity `{name}` ")?,
            Verb::ReportActivityCancellation => write!(f, "reporting the cancellation of activity `{name}` ")?,
            Verb::HeartbeatActivity => write!(f, "heartbeat of activity `{name}` ")?,
        }
        if let (Verb::Start | Verb::SignalWithStart | Verb::UpdateWithStart, Some(_)) = (self.verb, &self.workflow_id) {
            f.write_str(" as ")?;
        }
        if self.verb.is_of_an_activity() {
            match &self.activity_id {
                Some(id) => write!(f, "of id `{id}`")?,
                None => return f.write_str("by its task token"),
            }
            if self.workflow_id.is_some() {
                f.write_str(" in ")?;
            }
        }
        if let Some(id) = &self.workflow_id {
            write!(f, "workflow `{id}`")?;
        }
        match &self.run_id {
            Some(id) => write!(f, " in run `{id}`"),
            None => Ok(()),
        }
    }
}

impl Verb {
    pub(super) fn is_of_an_activity(self) -> bool {
        matches!(
            self,
            Self::CompleteActivity | Self::FailActivity | Self::ReportActivityCancellation | Self::HeartbeatActivity
        )
    }

    /// Whether a workflow that has closed is not found by it.
    pub(super) fn wants_a_running_workflow(self) -> bool {
        matches!(self, Self::Signal | Self::Update | Self::Cancel | Self::Terminate)
    }

    /// Whether a worker has to do something for it.
    pub(super) fn wants_a_worker(self) -> bool {
        matches!(self, Self::Query | Self::Update | Self::UpdateWithStart | Self::Result)
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({self})")
    }
}
