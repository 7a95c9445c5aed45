//! A program: what a workflow does, step by step, and what its client does meanwhile.
//!
//! At each step at most one thing can happen to a run next, or the script makes things happen one after the other. So
//! there is one history that a program can have, however slow a server is.

use serde::{Deserialize, Serialize};

/// What is run on both servers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Program {
    pub(crate) start: StartOptions,
    pub(crate) body: Body,
}

/// How the client starts the workflow.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct StartOptions {
    pub(crate) execution_timeout: Option<u64>,
    pub(crate) run_timeout: Option<u64>,
    pub(crate) task_timeout: Option<u64>,
    pub(crate) delay: Option<u64>,
    /// Attempts.
    pub(crate) retries: Option<u32>,
    pub(crate) memo: Option<String>,
    pub(crate) attribute: Option<String>,
    pub(crate) summary: bool,
    pub(crate) priority: Option<u32>,
    pub(crate) with: With,
}

/// What is sent together with the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) enum With {
    #[default]
    Nothing,
    Signal,
    Update,
}

/// One run: the argument of the workflow.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Body {
    pub(crate) steps: Vec<Step>,
    pub(crate) ending: Ending,
}

/// A step and its name, which nothing else in the program has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Step {
    pub(crate) name: u32,
    pub(crate) act: Act,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Act {
    /// An activity, awaited.
    Activity(Activity),
    /// Activities at once; the script lets them go on in this order, by index.
    Together {
        activities: Vec<Gated>,
        order: Vec<usize>,
    },
    LocalActivity {
        failures: u32,
        attempts: u32,
        timer: bool,
    },
    /// Milliseconds.
    Timer {
        millis: u64,
    },
    /// A timer of an hour and one that fires: then the first is cancelled, or it is left behind.
    LongTimer {
        cancelled: bool,
    },
    /// The client sends that many signals; their handlers may call an activity.
    Signals {
        count: u32,
        handler: Handler,
    },
    Update(Update),
    Query {
        fails: bool,
    },
    CancelActivity(CancelActivity),
    /// Never awaited: it is pending when the run closes.
    LeaveActivity {
        polled: bool,
    },
    Child(Box<Child>),
    /// A workflow that is not there is signalled, or asked to cancel itself.
    Nobody {
        cancel: bool,
    },
    Attribute {
        value: Option<String>,
    },
    Memo {
        value: Option<String>,
    },
    Patch {
        deprecated: bool,
    },
    /// The workflow task fails that often.
    FailTask {
        times: u32,
    },
    /// A local activity keeps a workflow task open, and this happens meanwhile.
    Meanwhile {
        activities: Vec<Gated>,
        happenings: Vec<Happening>,
    },
}

/// What an activity does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Part {
    Succeed,
    /// Each of the first attempts fails, after a heartbeat perhaps.
    Fail {
        times: u32,
        non_retryable: bool,
        kind: Option<String>,
        details: bool,
        delay: Option<u64>,
        heartbeat: bool,
    },
    /// Waits until it has timed out, after a heartbeat perhaps.
    Hang {
        heartbeat: bool,
    },
    /// Waits for the script, and then succeeds or fails.
    Gated {
        fails: bool,
    },
    /// Sends heartbeats until it is asked to stop.
    Listen {
        completes: bool,
        fails: bool,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Activity {
    pub(crate) part: Part,
    pub(crate) options: ActivityOptions,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ActivityOptions {
    pub(crate) start_to_close: Option<u64>,
    pub(crate) schedule_to_close: Option<u64>,
    pub(crate) schedule_to_start: Option<u64>,
    pub(crate) heartbeat: Option<u64>,
    pub(crate) retry: Option<Retry>,
    /// No worker polls its task queue.
    pub(crate) unpolled: bool,
    pub(crate) id: Option<String>,
    pub(crate) summary: bool,
    pub(crate) lazy: bool,
    pub(crate) priority: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Retry {
    pub(crate) interval: u64,
    pub(crate) coefficient: f64,
    pub(crate) maximum: Option<u64>,
    pub(crate) attempts: u32,
    pub(crate) not: Vec<String>,
}

/// An activity that waits for the script.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Gated {
    pub(crate) name: u32,
    pub(crate) fails: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Handler {
    Plain,
    Activity,
    Timer,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Update {
    Accepted,
    Rejected,
    Failed,
    WithActivity,
    WithLocalActivity,
    WithTimer,
    /// It is accepted, and completed after a signal.
    Waiting,
    /// There is no such update.
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct CancelActivity {
    pub(crate) state: ActivityState,
    pub(crate) how: Cancellation,
}

/// What an activity is doing when it is cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum ActivityState {
    /// In the same workflow task.
    JustScheduled,
    /// No worker takes it.
    Unpolled,
    /// Between two attempts.
    Backoff,
    /// It sends heartbeats, and gives way.
    GivesWay,
    /// It sends heartbeats, and completes all the same.
    Completes,
    /// It sends heartbeats, and fails.
    Fails,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Cancellation {
    Try,
    Wait,
    Abandon,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Child {
    pub(crate) body: Body,
    pub(crate) policy: Policy,
    pub(crate) fate: Fate,
    pub(crate) retries: Option<u32>,
    pub(crate) run_timeout: Option<u64>,
    pub(crate) attribute: Option<String>,
    pub(crate) summary: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Policy {
    Terminate,
    Abandon,
    RequestCancel,
}

/// What becomes of a child. Each waits for a signal first.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Fate {
    /// The client sends the signal.
    Finishes,
    /// The parent does.
    Signalled,
    /// The parent does, as it would signal any workflow.
    SignalledById,
    /// The parent cancels it.
    Cancelled(Cancellation),
    /// The parent does, as it would any workflow.
    CancelledById,
    /// The client terminates it.
    Terminated,
    /// Another one of the same id cannot be started; then the client sends the signal.
    Doubled,
    /// It runs when its parent closes.
    Left,
}

/// What happens during a workflow task.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Happening {
    Signal,
    /// The activity of this index ends.
    Activity(usize),
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) enum Ending {
    #[default]
    Completes,
    /// It completes, and has not seen a signal that came during its last task.
    CompletesTwice {
        name: u32,
    },
    Fails {
        non_retryable: bool,
        kind: Option<String>,
        details: bool,
        delay: Option<u64>,
    },
    /// The client cancels it, while this is pending.
    Cancelled {
        name: u32,
        pending: Pending,
        cleans_up: bool,
        how: Cancelled,
    },
    /// The client terminates it, with an activity and a timer pending perhaps.
    Terminated {
        name: u32,
        pending: Pending,
        details: bool,
    },
    /// Its parent cancels it; the client lets it go.
    Held {
        name: u32,
    },
    /// It reaches its run timeout.
    TimesOut {
        name: u32,
    },
    ContinuesAsNew(Box<Body>),
    /// Each of the first attempts fails; it has the retry policy of its start.
    FailsUntil {
        attempt: u32,
    },
}

/// What is under way when a workflow is cancelled or terminated.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Pending {
    Nothing,
    Timer,
    /// An activity that sends heartbeats, waited for until it has ended.
    Activity,
    UnpolledActivity,
    /// A workflow task that a local activity keeps open.
    Task,
}

/// How a cancelled workflow ends.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Cancelled {
    Plainly,
    WithDetails,
    Completed,
    Failed,
}

impl Body {
    /// How many attempts the run has, with this many allowed.
    pub(crate) fn attempts(&self, retries: Option<u32>) -> u32 {
        let allowed = retries.unwrap_or(1);
        match &self.ending {
            Ending::FailsUntil { attempt } => allowed.min(*attempt),
            Ending::Fails { non_retryable: false, .. }
            | Ending::Cancelled { how: Cancelled::Failed, .. }
            | Ending::TimesOut { .. } => allowed,
            _ => 1,
        }
    }
}
