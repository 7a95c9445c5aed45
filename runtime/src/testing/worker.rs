//! Workers of a test.

use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

use temporalio_sdk::WorkerOptions;
use temporalio_workflow::workflow_interceptors::WorkflowInterceptorConstructor;

use super::{TestEnv, watch::Watch};
use crate::{
    activity::{Activities, Activity, ActivityRegistry},
    table::ActivityTable,
    worker::{Worker, WorkerError},
    workflow::Workflow,
};

/// A worker of a test, with the mocks of the test besides what it is given. It polls
/// [the task queue of the test](TestEnv::task_queue), and all those that the attributes of its workflows, activities and mocks
/// name. It runs until the test is over.
///
/// ```
/// # use durably::{prelude::*, testing::TestEnv};
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
/// # fn main() {}
/// # fn example(env: &TestEnv) -> Result<(), Box<dyn std::error::Error>> {
/// env.worker()
///     .workflow::<Greeting>()
///     .activity::<compose_greeting>()
///     .options(|worker| worker.max_cached_workflows(0))
///     .start()?;
/// # Ok(()) }
/// ```
#[must_use = "a worker does nothing unless it is started"]
pub struct TestWorker<'a> {
    env: &'a TestEnv,
    parts: Vec<Part<'a>>,
    queues: BTreeSet<String>,
    known: HashSet<String>,
}

type Part<'a> = Box<dyn Fn(Worker) -> Worker + 'a>;

impl<'a> TestWorker<'a> {
    pub(super) fn new(env: &'a TestEnv) -> Self {
        let queues = BTreeSet::from([env.task_queue().to_owned()]);
        Self { env, parts: Vec::new(), queues, known: HashSet::new() }
    }

    /// Runs the workflow `W`.
    pub fn workflow<W: Workflow>(mut self) -> Self {
        self.queues.extend(W::TYPE.defaults.task_queue.map(str::to_owned));
        self.env.replayer().add::<W>();
        self.part(|worker| worker.workflow::<W>())
    }

    /// Runs the activity `A`, a function marked `#[activity]`, unless it has a mock.
    pub fn activity<A: Activity<Receiver = ()>>(mut self) -> Self {
        self.knows(A::TABLE);
        self.part(|worker| worker.activity::<A>())
    }

    /// Runs the activities of an impl marked `#[activities]`, all on this instance, but for those that have mocks.
    pub fn activities(self, instance: impl Activities) -> Self {
        self.shared_activities(Arc::new(instance))
    }

    /// Runs the activities of an impl marked `#[activities]`, all on an instance that others share, but for those that have
    /// mocks.
    pub fn shared_activities<T: Activities>(mut self, instance: Arc<T>) -> Self {
        let mut registry = ActivityRegistry::default();
        T::register(&instance, &mut registry);
        for table in registry.tables() {
            self.knows(table);
        }
        self.part(move |worker| worker.shared_activities(Arc::clone(&instance)))
    }

    /// Polls this task queue as well, which a workflow names at a call.
    pub fn task_queue(mut self, task_queue: impl Into<String>) -> Self {
        self.queues.insert(task_queue.into());
        self
    }

    /// Any option of an ordinary worker; it is called once for each task queue.
    pub fn options(self, change: impl Fn(Worker) -> Worker + 'a) -> Self {
        self.part(change)
    }

    /// Starts it, on all its task queues.
    ///
    /// Errors: two things under one name, nothing to run, options the SDK refuses.
    pub fn start(self) -> Result<(), WorkerError> {
        let Self { env, parts, mut queues, mut known } = self;
        let mocks = env.mocks();
        queues.extend(mocks.iter().filter_map(|mock| mock.task_queue()).map(str::to_owned));
        known.extend(mocks.iter().map(|mock| mock.ledger().name().to_owned()));
        let queues: HashSet<String> = queues.into_iter().collect();
        let watch =
            Watch { trouble: Arc::clone(env.trouble()), known: Arc::new(known), queues: Arc::new(queues.clone()) };
        for queue in queues {
            let (mocks, watch, replayer) = (mocks.clone(), watch.clone(), Arc::clone(env.replayer()));
            let finish = move |options: &mut WorkerOptions| {
                replayer.observe(options);
                for mock in &mocks {
                    mock.register(options);
                }
                options.workflow_interceptor(WorkflowInterceptorConstructor::new(move |_| watch.clone()));
            };
            let worker = parts.iter().fold(Worker::new(env.client(), queue), |worker, part| part(worker));
            env.replayer().intercept(worker.workflow_interceptors());
            env.keep(worker.finally(finish).start()?);
        }
        Ok(())
    }

    fn knows(&mut self, table: &ActivityTable) {
        self.known.insert(table.name.to_owned());
        self.queues.extend(table.defaults.task_queue.map(str::to_owned));
    }

    fn part(mut self, part: impl Fn(Worker) -> Worker + 'a) -> Self {
        self.parts.push(Box::new(part));
        self
    }
}
