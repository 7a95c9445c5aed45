//! Queries that go along with a workflow task.

use std::collections::HashMap;

use super::{Effect, Run, Step};
use crate::api::{
    Failure, Payloads,
    enums::QueryResultType,
    query::{WorkflowQuery, WorkflowQueryResult},
};

/// What a worker answers.
pub(crate) type Answer = Result<Option<Payloads>, Box<Failure>>;

/// A question that waits for its answer.
#[derive(Debug)]
pub(crate) struct Query {
    /// The engine's number.
    pub(crate) id: u64,
    pub(crate) query: WorkflowQuery,
    /// The task it went along with.
    sent: Option<u64>,
}

impl Run {
    /// How many queries wait for the worker.
    pub(crate) fn waiting_queries(&self) -> usize {
        self.queries.len()
    }

    /// Whether a query can be asked apart from workflow tasks: there is none that it would have to wait for.
    pub(crate) fn answers_directly(&self) -> bool {
        !self.is_open() || (self.task.is_none() && self.last_started_id > 0)
    }

    /// Asks along with the next workflow task.
    pub(crate) fn ask(&mut self, id: u64, query: WorkflowQuery) {
        self.queries.push(Query { id, query, sent: None });
    }

    /// Nobody waits for the answer any more.
    pub(crate) fn forget_query(&mut self, id: u64) {
        self.queries.retain(|query| query.id != id);
    }

    /// The queries for the task that is handed out.
    pub(crate) fn send_queries(&mut self) -> HashMap<String, WorkflowQuery> {
        let Some(stamp) = self.task.as_ref().map(|task| task.stamp) else { return HashMap::new() };
        let send = |query: &mut Query| {
            query.sent = Some(stamp);
            (query.id.to_string(), query.query.clone())
        };
        self.queries.iter_mut().map(send).collect()
    }

    /// Takes the queries for which there is no workflow task to wait for.
    pub(crate) fn take_direct_queries(&mut self) -> Vec<Query> {
        if self.answers_directly() { std::mem::take(&mut self.queries) } else { Vec::new() }
    }

    pub(super) fn answer_queries(&mut self, results: HashMap<String, WorkflowQueryResult>, step: &mut Step<'_>) {
        for (id, result) in results {
            let Ok(id) = id.parse() else { continue };
            if !self.queries.iter().any(|query| query.id == id && query.sent.is_some()) {
                continue;
            }
            self.forget_query(id);
            step.effect(Effect::QueryAnswered { id, answer: answer(result) });
        }
    }
}

/// What a worker answers.
pub(crate) fn answer(result: WorkflowQueryResult) -> Answer {
    match result.result_type() {
        QueryResultType::Answered => Ok(result.answer),
        QueryResultType::Failed | QueryResultType::Unspecified => {
            let failure = result.failure.unwrap_or_default();
            let message = if result.error_message.is_empty() { failure.message.clone() } else { result.error_message };
            Err(Box::new(Failure { message, ..failure }))
        }
    }
}
