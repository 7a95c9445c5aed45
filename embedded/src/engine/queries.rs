//! Questions to workflows, and their answers.

use tokio::sync::oneshot;

use super::{Engine, Item, Kind, QueueKey, RunKey, Token};
use crate::{api::query::WorkflowQuery, refusal::Refusal, run::Answer};

/// A question that somebody waits for the answer of.
pub(crate) struct AskedQuery {
    pub(super) run: RunKey,
    pub(super) query: WorkflowQuery,
    answer: Option<oneshot::Sender<Answer>>,
}

impl AskedQuery {
    /// Nobody waits for the answer any more.
    pub(super) fn is_over(&self) -> bool {
        self.answer.as_ref().is_none_or(oneshot::Sender::is_closed)
    }
}

impl Engine {
    /// Asks the workflow: along with its next task if there is one to come, else apart from that.
    ///
    /// Errors: too many questions wait already.
    pub(crate) fn ask(
        &mut self,
        key: RunKey,
        query: WorkflowQuery,
    ) -> Result<(u64, oneshot::Receiver<Answer>), Refusal> {
        let waiting = self.run(key).map_or(0, super::Run::waiting_queries);
        if waiting >= self.limits.queries {
            return Err(Refusal::exhausted("consistent query buffer is full, cannot accept new consistent queries"));
        }
        let id = self.number();
        let (answer, receive) = oneshot::channel();
        self.queries.insert(id, AskedQuery { run: key, query: query.clone(), answer: Some(answer) });
        self.pass(key, |run, _| run.ask(id, query));
        Ok((id, receive))
    }

    /// Hands out the questions of a run that no workflow task will take along.
    pub(super) fn dispatch_queries(&mut self, key: RunKey) {
        let Some(entry) = self.runs.get_mut(&key) else { return };
        for query in entry.run.take_direct_queries() {
            self.dispatch_query(query.id, true);
        }
    }

    /// Puts the question where the run is in memory, or where any worker finds it.
    pub(crate) fn dispatch_query(&mut self, id: u64, sticky: bool) {
        let Some(run) = self.queries.get(&id).and_then(|asked| self.run(asked.run)) else { return };
        let queue =
            |name: &str| QueueKey { namespace: run.ids.namespace.clone(), name: name.to_owned(), kind: Kind::Workflow };
        let there = run.sticky_queue().filter(|_| sticky).map(queue).filter(|queue| self.matching.is_alive(queue));
        let queue = there.unwrap_or_else(|| queue(&run.task_queue().name));
        self.matching.add(queue, Item::Query { id });
    }

    /// The worker that has the run in memory does not answer: asks any.
    pub(crate) fn dispatch_unanswered(&mut self, id: u64) {
        let Some(run) = self.queries.get(&id).map(|asked| asked.run) else { return };
        if self.run(run).is_some_and(super::Run::answers_directly) {
            self.transition(run, |run, _| run.forget_sticky());
            self.dispatch_query(id, false);
        }
    }

    pub(super) fn query_answered(&mut self, id: u64, answer: Answer) {
        if let Some(send) = self.queries.remove(&id).and_then(|asked| asked.answer) {
            // Whoever asked may be gone.
            let _ = send.send(answer);
        }
    }

    /// A worker answers a question that it got apart from workflow tasks.
    ///
    /// Errors: nobody waits for the answer any more.
    pub(crate) fn answer_query(&mut self, token: &Token, answer: Answer) -> Result<(), Refusal> {
        let id = token.id.cast_unsigned();
        let run = self.queries.get(&id).map(|asked| asked.run);
        if run.is_none() || run != self.by_run_id(&token.namespace_id, &token.run_id) {
            return Err(Refusal::not_found("query task not found, or already expired"));
        }
        self.query_answered(id, answer);
        Ok(())
    }

    /// Whoever asked is gone.
    pub(crate) fn forget_query(&mut self, id: u64) {
        if let Some(asked) = self.queries.remove(&id) {
            self.pass(asked.run, |run, _| run.forget_query(id));
        }
    }
}
