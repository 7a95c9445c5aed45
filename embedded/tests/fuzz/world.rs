//! A server, and what a caller remembers of it.

use std::{collections::BTreeMap, fmt, time::Duration};

use durably_embedded::{Limits, Server};
use prost::{Message, Name};
use temporalio_protos::temporal::api::{
    protocol::v1::Message as Said,
    workflowservice::v1::{PollActivityTaskQueueResponse, PollWorkflowTaskQueueResponse},
};
use tokio::{task::JoinSet, time::timeout};
use tonic::{Code, Status, metadata::MetadataMap};

use crate::rng::Rng;

pub(crate) const WORKFLOWS: &str = "temporal.api.workflowservice.v1.WorkflowService";
pub(crate) const OPERATOR: &str = "temporal.api.operatorservice.v1.OperatorService";
pub(crate) const TESTS: &str = "temporal.api.testservice.v1.TestService";

/// How long a caller waits before it vanishes.
const PATIENCE: Duration = Duration::from_millis(2);

/// Which calls were made, and how often they succeeded.
#[derive(Debug, Default)]
pub(crate) struct Seen(BTreeMap<String, (usize, usize)>);

impl Seen {
    pub(crate) fn add(&mut self, other: Self) {
        for (rpc, (made, well)) in other.0 {
            let all = self.0.entry(rpc).or_default();
            *all = (all.0 + made, all.1 + well);
        }
    }

    /// The calls that were made and never succeeded, but for garbage.
    pub(crate) fn missing(&self) -> Vec<&str> {
        self.0
            .iter()
            .filter(|(rpc, (_, well))| *well == 0 && !rpc.ends_with(" of garbage"))
            .map(|(rpc, _)| rpc.as_str())
            .collect()
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (made, well) = self.0.values().fold((0, 0), |sum, of| (sum.0 + of.0, sum.1 + of.1));
        write!(formatter, "{made} calls of {} kinds, {well} of them answered", self.0.len())
    }
}

pub(crate) struct World {
    pub(crate) server: Server,
    pub(crate) rng: Rng,
    pub(crate) seen: Seen,
    pub(crate) problem: Option<String>,
    trace: bool,
    /// Tasks that workers have, or had.
    pub(crate) tasks: Vec<PollWorkflowTaskQueueResponse>,
    pub(crate) activities: Vec<PollActivityTaskQueueResponse>,
    /// Requests of updates that came with tasks.
    pub(crate) said: Vec<Said>,
    pub(crate) run_ids: Vec<String>,
    pub(crate) page_tokens: Vec<Vec<u8>>,
    /// Callers that wait.
    pub(crate) waiting: JoinSet<()>,
}

impl World {
    pub(crate) fn new(seed: u64, trace: bool) -> Self {
        let mut rng = Rng::new(seed);
        let limits = Limits {
            blob_bytes: 2000,
            history_events: 60 + rng.below(200),
            pending: 1 + rng.below(10),
            signals: 5 + rng.below(40),
            updates: 1 + rng.below(20),
            updates_in_flight: 1 + rng.below(5),
            queries: 1 + rng.below(5),
            buffered_events: 1 + rng.below(10),
            ..Limits::default()
        };
        let builder = Server::builder().namespace("other").limits(limits);
        let builder = builder.time_skipping(rng.once_in(2)).skip_while_unpolled(rng.once_in(4));
        Self {
            server: builder.start(),
            rng,
            seen: Seen::default(),
            problem: None,
            trace,
            tasks: Vec::new(),
            activities: Vec::new(),
            said: Vec::new(),
            run_ids: Vec::new(),
            page_tokens: Vec::new(),
            waiting: JoinSet::new(),
        }
    }

    /// A call of the workflow service, known by its request; `None` if it was refused or the caller has vanished.
    pub(crate) async fn call<Q: Message + Name, R: Message + Default>(&mut self, request: Q) -> Option<R> {
        let rpc = Q::NAME.strip_suffix("Request").unwrap_or(Q::NAME);
        self.bytes(WORKFLOWS, rpc, request.encode_to_vec()).await
    }

    /// A call; sometimes it is damaged on its way.
    pub(crate) async fn bytes<R: Message + Default>(
        &mut self,
        service: &str,
        rpc: &str,
        message: Vec<u8>,
    ) -> Option<R> {
        let damaged = self.rng.once_in(40);
        let message = if damaged { self.rng.damage(message) } else { message };
        if self.trace {
            println!("{rpc} {}", message.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
        }
        let metadata = MetadataMap::new();
        let answer = timeout(PATIENCE, self.server.call(service, rpc, &metadata, message.into())).await;
        let answer = answer.ok()?;
        self.note(rpc, &answer);
        let answer = answer.ok()?;
        match R::decode(&*answer) {
            Ok(answer) => Some(answer),
            Err(error) => {
                self.fail(format!("the answer to {rpc} does not decode: {error}"));
                None
            }
        }
    }

    /// A caller that waits by itself, until it is told to go.
    pub(crate) fn wait<Q: Message + Name>(&mut self, request: Q) {
        let (server, message) = (self.server.clone(), request.encode_to_vec());
        let rpc = Q::NAME.strip_suffix("Request").unwrap_or(Q::NAME);
        self.waiting.spawn(async move {
            // What comes of it is lost, as with a worker that is killed.
            let _ = server.call(WORKFLOWS, rpc, &MetadataMap::new(), message.into()).await;
        });
    }

    pub(crate) fn note(&mut self, rpc: &str, answer: &Result<Vec<u8>, Status>) {
        if self.trace {
            println!("  {rpc}: {:?}", answer.as_ref().map(Vec::len));
        }
        let (made, well) = self.seen.0.entry(rpc.to_owned()).or_default();
        *made += 1;
        match answer {
            Ok(_) => *well += 1,
            Err(refused) if matches!(refused.code(), Code::Internal | Code::Unknown | Code::DataLoss) => {
                self.fail(format!("{rpc} fails: {refused:?}"));
            }
            Err(_) => {}
        }
    }

    pub(crate) fn fail(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }
}
