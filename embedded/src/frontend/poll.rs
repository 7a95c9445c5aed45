//! Waiting for tasks.

use std::{sync::Arc, time::Duration};

use temporalio_protos::temporal::api::{
    enums::v1::TaskQueueKind,
    workflowservice::v1::{
        PollActivityTaskQueueRequest, PollActivityTaskQueueResponse, PollWorkflowTaskQueueRequest,
        PollWorkflowTaskQueueResponse, ResetStickyTaskQueueRequest, ResetStickyTaskQueueResponse,
        ShutdownWorkerRequest, ShutdownWorkerResponse,
    },
};
use tokio::{
    sync::oneshot,
    time::{Instant, timeout_at},
};

use super::Call;
use crate::{
    engine::{Engine, Item, Kind, QueueKey, Shared},
    refusal::Refusal,
    run::Run,
};

/// How long a poll waits, whatever its caller says.
const POLL: Duration = Duration::from_secs(60);
/// A caller with less patience cannot poll.
const SHORTEST: Duration = Duration::from_secs(2);

impl Call {
    pub(super) async fn poll_workflow_task_queue(
        self,
        request: PollWorkflowTaskQueueRequest,
    ) -> Result<PollWorkflowTaskQueueResponse, Refusal> {
        let queue = request.task_queue.unwrap_or_default();
        let sticky = queue.kind() == TaskQueueKind::Sticky;
        let key = self.queue(&request.namespace, queue.name, Kind::Workflow)?;
        let sticky = sticky.then(|| key.name.clone());
        let take = |engine: &mut Engine, item| engine.take_workflow_task(item, sticky.as_deref(), &request.identity);
        self.poll(key, &request.identity, take).await
    }

    pub(super) async fn poll_activity_task_queue(
        self,
        request: PollActivityTaskQueueRequest,
    ) -> Result<PollActivityTaskQueueResponse, Refusal> {
        let queue = request.task_queue.unwrap_or_default();
        let key = self.queue(&request.namespace, queue.name, Kind::Activity)?;
        self.poll(key, &request.identity, |engine, item| engine.take_activity(item, &request.identity)).await
    }

    pub(super) fn queue(&self, namespace: &str, name: String, kind: Kind) -> Result<QueueKey, Refusal> {
        let namespace = self.namespace(namespace)?.name;
        if name.is_empty() {
            return Err(Refusal::invalid("taskQueue is not set"));
        }
        Ok(QueueKey { namespace, name, kind })
    }

    /// The first task that is still to be done, or an empty answer when the time is over.
    async fn poll<T: Default>(
        &self,
        key: QueueKey,
        identity: &str,
        take: impl Fn(&mut Engine, Item) -> Option<T>,
    ) -> Result<T, Refusal> {
        if self.deadline.is_some_and(|deadline| deadline < SHORTEST) {
            return Err(Refusal::precondition("Context timeout is too short."));
        }
        let end = Instant::now() + self.patience(POLL);
        loop {
            let waits = self.shared.with(|engine| {
                while let Some(item) = engine.matching.take(&key, identity) {
                    if let Some(task) = take(engine, item) {
                        return Err(task);
                    }
                }
                Ok(engine.matching.wait(&key))
            });
            let (poller, receive) = match waits {
                Err(task) => return Ok(task),
                Ok(waits) => waits,
            };
            let mut place = Place { shared: Arc::clone(&self.shared), key: key.clone(), poller, receive };
            let Ok(Ok(item)) = timeout_at(end, &mut place.receive).await else { return Ok(T::default()) };
            if let Some(task) = self.shared.with(|engine| take(engine, item)) {
                return Ok(task);
            }
        }
    }

    pub(super) async fn shutdown_worker(
        self,
        request: ShutdownWorkerRequest,
    ) -> Result<ShutdownWorkerResponse, Refusal> {
        let namespace = self.namespace(&request.namespace)?.name;
        if let Some(last) = request.worker_heartbeat {
            self.shared.with(|engine| engine.record_heartbeats(&namespace, vec![last]))?;
        }
        if !request.sticky_task_queue.is_empty() {
            let key = QueueKey { namespace, name: request.sticky_task_queue, kind: Kind::Workflow };
            self.shared.with(|engine| engine.give_up_sticky(&key));
        }
        Ok(ShutdownWorkerResponse::default())
    }

    pub(super) async fn reset_sticky_task_queue(
        self,
        request: ResetStickyTaskQueueRequest,
    ) -> Result<ResetStickyTaskQueueResponse, Refusal> {
        let namespace = self.namespace(&request.namespace)?.name;
        self.shared.with(|engine| {
            let key = engine.find(&namespace, &request.execution.unwrap_or_default())?;
            engine.transition(key, |run: &mut Run, _| run.forget_sticky());
            Ok(ResetStickyTaskQueueResponse::default())
        })
    }
}

/// A place in a queue. Whoever leaves it gives back the task that was on its way.
struct Place {
    shared: Arc<Shared>,
    key: QueueKey,
    poller: u64,
    receive: oneshot::Receiver<Item>,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.receive.close();
        let item = self.receive.try_recv().ok();
        self.shared.with(|engine| {
            engine.matching.leave(&self.key, self.poller);
            if let Some(item) = item {
                engine.matching.put_back(self.key.clone(), item);
            }
        });
    }
}
