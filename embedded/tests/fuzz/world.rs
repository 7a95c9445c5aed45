//! A server, and what a caller remembers of it.

use std::{pin::pin, time::Duration};

use durably_embedded::{Limits, Server};
use prost::{Message, Name};
use temporalio_protos::temporal::api::workflowservice::v1::{
    PollActivityTaskQueueResponse, PollWorkflowTaskQueueResponse,
};
use tokio::{
    task::{JoinSet, yield_now},
    time::timeout,
};
use tonic::{Code, Status, metadata::MetadataMap};

use crate::{
    ledger::{Ledger, Promise},
    rng::Rng,
    seen::Seen,
};

pub(crate) const WORKFLOWS: &str = "temporal.api.workflowservice.v1.WorkflowService";
pub(crate) const OPERATOR: &str = "temporal.api.operatorservice.v1.OperatorService";
pub(crate) const TESTS: &str = "temporal.api.testservice.v1.TestService";
pub(crate) const HEALTH: &str = "grpc.health.v1.Health";

/// As much as one field may have.
pub(crate) const BLOB_BYTES: usize = 2000;

/// As often everybody else gets a turn before a caller vanishes: in one process there is nothing else to wait for, unless it
/// is for time to pass, or for other callers.
const TURNS: usize = 60;
/// What a caller waits who waits for time to pass.
const PATIENCE: Duration = Duration::from_millis(2);

/// What a caller got who has waited by itself.
pub(crate) struct Heard {
    pub(crate) rpc: &'static str,
    pub(crate) namespace: String,
    pub(crate) answer: Result<Vec<u8>, Status>,
}

pub(crate) struct World {
    pub(crate) server: Server,
    pub(crate) rng: Rng,
    pub(crate) seen: Seen,
    pub(crate) ledger: Ledger,
    pub(crate) problem: Option<String>,
    trace: bool,
    /// Whether no workflow is deleted on purpose: then everything that was promised must be there in the end.
    pub(crate) keeps: bool,
    /// Whether the last call was damaged on its way, so that nobody knows what it means.
    pub(crate) damaged: bool,
    /// Whether any call was.
    pub(crate) garbled: bool,
    /// Tasks that workers have, or had; those of workflows with their namespaces, as far as they are known.
    pub(crate) tasks: Vec<(String, PollWorkflowTaskQueueResponse)>,
    pub(crate) activities: Vec<PollActivityTaskQueueResponse>,
    pub(crate) run_ids: Vec<String>,
    pub(crate) page_tokens: Vec<Vec<u8>>,
    /// Callers that wait.
    pub(crate) waiting: JoinSet<Heard>,
}

impl World {
    pub(crate) fn new(seed: u64, trace: bool) -> Self {
        let mut rng = Rng::new(seed);
        let limits = Limits {
            blob_bytes: BLOB_BYTES,
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
        let keeps = !rng.once_in(3);
        Self {
            server: builder.start(),
            rng,
            seen: Seen::default(),
            ledger: Ledger::default(),
            problem: None,
            trace,
            keeps,
            damaged: false,
            garbled: false,
            tasks: Vec::new(),
            activities: Vec::new(),
            run_ids: Vec::new(),
            page_tokens: Vec::new(),
            waiting: JoinSet::new(),
        }
    }

    /// A call of the workflow service, known by its request; `None` if it was refused or the caller has vanished.
    pub(crate) async fn call<Q: Message + Name, R: Message + Default>(&mut self, request: Q) -> Option<R> {
        self.ask(WORKFLOWS, request).await
    }

    /// A call of any service, known by its request.
    pub(crate) async fn ask<Q: Message + Name, R: Message + Default>(
        &mut self,
        service: &str,
        request: Q,
    ) -> Option<R> {
        let rpc = rpc(&request);
        self.damaged = self.rng.odd(30);
        let mut message = request.encode_to_vec();
        if self.damaged {
            self.garbled = true;
            message = self.rng.damage(message);
            // It may be about something to be deleted.
            self.keeps &= !deletes(rpc);
        }
        let answer = self.bytes(service, rpc, rpc, message).await?;
        match R::decode(&*answer) {
            Ok(answer) => Some(answer),
            Err(error) => {
                self.fail(format!("the answer to {rpc} does not decode: {error}"));
                None
            }
        }
    }

    /// A call as it is, counted under a name.
    pub(crate) async fn bytes(&mut self, service: &str, rpc: &str, name: &str, message: Vec<u8>) -> Option<Vec<u8>> {
        if self.trace {
            println!("{rpc} {}", message.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
        }
        let waits_for_time = rpc.contains("Sleep") || self.rng.once_in(50);
        let (server, metadata) = (self.server.clone(), MetadataMap::new());
        let call = server.call(service, rpc, &metadata, message.into());
        let answer = match waits_for_time {
            true => timeout(PATIENCE, call).await.ok(),
            false => impatiently(call).await,
        };
        match answer {
            Some(answer) => {
                self.note(name, &answer);
                if self.rng.once_in(100) {
                    // They vanish before they know what it has brought them.
                    self.waiting.abort_all();
                }
                answer.ok()
            }
            None => {
                self.seen.note_vanished(name);
                None
            }
        }
    }

    /// A caller that waits by itself, until it is told to go.
    pub(crate) fn wait<Q: Message + Name>(&mut self, namespace: String, request: Q) {
        let (server, message) = (self.server.clone(), request.encode_to_vec());
        let rpc = rpc(&request);
        if self.trace {
            println!("{rpc}, waiting");
        }
        self.waiting.spawn(async move {
            let answer = server.call(WORKFLOWS, rpc, &MetadataMap::new(), message.into()).await;
            Heard { rpc, namespace, answer }
        });
    }

    /// What those who wait have got.
    pub(crate) fn heard(&mut self) -> Vec<Heard> {
        let mut heard = Vec::new();
        while let Some(joined) = self.waiting.try_join_next() {
            // Those who were told to go have got nothing, and panics are recorded elsewhere.
            if let Ok(one) = joined {
                self.note(one.rpc, &one.answer);
                heard.push(one);
            }
        }
        heard
    }

    pub(crate) fn note(&mut self, rpc: &str, answer: &Result<Vec<u8>, Status>) {
        if self.trace {
            println!("  {rpc}: {:?}", answer.as_ref().map(Vec::len));
        }
        self.seen.note(rpc, answer);
        if let Err(refused) = answer
            && matches!(refused.code(), Code::Internal | Code::Unknown | Code::DataLoss)
        {
            self.fail(format!("{rpc} fails: {refused:?}"));
        }
    }

    /// The server has promised that, if the last call was what it was meant to be.
    pub(crate) fn promised(&mut self, promise: Promise) {
        if !self.damaged {
            self.ledger.promise(promise);
        }
    }

    /// The server has taken this token for the end of its task.
    pub(crate) fn ended(&mut self, token: &[u8]) {
        if !self.damaged
            && let Err(problem) = self.ledger.ends(token)
        {
            self.fail(problem);
        }
    }

    pub(crate) fn fail(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }
}

/// Whether a call of this name may delete workflows.
pub(crate) fn deletes(rpc: &str) -> bool {
    rpc.contains("Delete") || matches!(rpc, "StartBatchOperation" | "RegisterNamespace" | "UpdateNamespace")
}

fn rpc<Q: Name>(_: &Q) -> &'static str {
    Q::NAME.strip_suffix("Request").unwrap_or(Q::NAME)
}

/// What comes of it before everybody has had many turns.
pub(crate) async fn impatiently<T>(call: impl Future<Output = T>) -> Option<T> {
    let mut call = pin!(call);
    for _ in 0..TURNS {
        tokio::select! {
            biased;
            answer = &mut call => return Some(answer),
            () = yield_now() => {}
        }
    }
    None
}
