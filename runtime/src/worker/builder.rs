//! Options of a worker.

use std::{sync::Arc, time::Duration};

use temporalio_common::worker::{VersioningBehavior, WorkerDeploymentOptions, WorkerDeploymentVersion};
use temporalio_sdk::{
    Runtime, RuntimeError, WorkerOptions,
    interceptors::ActivityInboundInterceptor,
    runtime::{
        PollerBehavior,
        worker_tuner::{FixedSizeSlotSupplier, SlotSupplier, TunerHolder, WorkerTuner},
    },
};

use temporalio_workflow::{
    WorkflowContextView,
    workflow_interceptors::{WorkflowInterceptor, WorkflowInterceptorConstructor},
};

use super::{RunningWorker, WorkerError, registry::Registry, running};
use crate::{
    Client,
    activity::{Activities, Activity},
    workflow::Workflow,
};

/// The slots of each kind that a worker has unless told otherwise; the number of Temporal's own crate.
const SLOTS: usize = 100;

/// A worker: runs the workflows and activities it was given, from one task queue.
///
/// ```no_run
/// # use durably::prelude::*;
/// # #[activity(start_to_close_timeout = "10s")]
/// # async fn charge(card: String) -> ActivityResult<()> { Ok(()) }
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let client = durably::client().await?;
/// Worker::new(&client, "payments").activity::<charge>().max_concurrent_activities(20).run().await?;
/// # Ok(()) }
/// ```
#[must_use = "a worker does nothing unless it runs"]
pub struct Worker {
    client: Client,
    registry: Registry,
    options: WorkerOptions,
    slots: Slots,
    runtime: Option<Arc<Runtime>>,
    changes: Vec<ChangeOptions>,
    // Tests replay with them.
    #[cfg_attr(not(feature = "embedded"), allow(dead_code))]
    interceptors: Vec<WorkflowInterceptorConstructor>,
    last: Option<ChangeOptions>,
}

type ChangeOptions = Box<dyn FnOnce(&mut WorkerOptions) + Send>;

#[derive(Default)]
struct Slots {
    workflow_tasks: Option<usize>,
    activities: Option<usize>,
    local_activities: Option<usize>,
}

impl Worker {
    /// A worker for this task queue, in the namespace of the client.
    pub fn new(client: &Client, task_queue: impl Into<String>) -> Self {
        Self {
            client: client.clone(),
            registry: Registry::default(),
            options: WorkerOptions::new(task_queue).build(),
            slots: Slots::default(),
            runtime: None,
            changes: Vec::new(),
            interceptors: Vec::new(),
            last: None,
        }
    }

    /// Runs the workflow `W`.
    pub fn workflow<W: Workflow>(mut self) -> Self {
        self.registry.add_workflow::<W>();
        self
    }

    /// Runs the activity `A`, a function marked `#[activity]`.
    pub fn activity<A: Activity<Receiver = ()>>(mut self) -> Self {
        self.registry.activities.add::<A>(&Arc::new(()));
        self
    }

    /// Runs the activities of an impl marked `#[activities]`, all on this instance.
    pub fn activities(self, instance: impl Activities) -> Self {
        self.shared_activities(Arc::new(instance))
    }

    /// Runs the activities of an impl marked `#[activities]`, all on an instance that others share.
    pub fn shared_activities<T: Activities>(mut self, instance: Arc<T>) -> Self {
        T::register(&instance, &mut self.registry.activities);
        self
    }

    /// How many workflows stay in memory between their tasks. 1,000 unless given; 0 keeps none.
    pub fn max_cached_workflows(mut self, count: usize) -> Self {
        self.options.max_cached_workflows = count;
        self
    }

    /// How many workflow tasks run at once. 100 unless given.
    pub fn max_concurrent_workflow_tasks(mut self, count: usize) -> Self {
        self.slots.workflow_tasks = Some(count);
        self
    }

    /// How many activities run at once. 100 unless given.
    pub fn max_concurrent_activities(mut self, count: usize) -> Self {
        self.slots.activities = Some(count);
        self
    }

    /// How many local activities run at once. 100 unless given.
    pub fn max_concurrent_local_activities(mut self, count: usize) -> Self {
        self.slots.local_activities = Some(count);
        self
    }

    /// Slots of every kind from a tuner, for example one that watches CPU and memory. The `max_concurrent_*` options count
    /// no more.
    pub fn tuner(self, tuner: impl Into<WorkerTuner>) -> Self {
        let tuner = tuner.into();
        self.options(|options| options.tuner = tuner)
    }

    /// How many polls for workflow tasks wait at the service at once. At most 5 unless given.
    pub fn workflow_task_pollers(mut self, pollers: PollerBehavior) -> Self {
        self.options.workflow_task_poller_behavior = Some(pollers);
        self
    }

    /// How many polls for activities wait at the service at once. At most 5 unless given.
    pub fn activity_task_pollers(mut self, pollers: PollerBehavior) -> Self {
        self.options.activity_task_poller_behavior = Some(pollers);
        self
    }

    /// How many activities this worker begins in a second, at most.
    pub fn max_activities_per_second(mut self, rate: f64) -> Self {
        self.options.max_worker_activities_per_second = Some(rate);
        self
    }

    /// How many activities the service hands out from the task queue in a second, to all workers together.
    pub fn max_task_queue_activities_per_second(mut self, rate: f64) -> Self {
        self.options.max_task_queue_activities_per_second = Some(rate);
        self
    }

    /// How long activities may go on after a shutdown has begun, before they are cancelled. For ever unless given.
    pub fn graceful_shutdown_period(mut self, period: Duration) -> Self {
        self.options.graceful_shutdown_period = Some(period);
        self
    }

    /// The build this worker runs, seen by the service. A checksum of the executable unless given.
    pub fn build_id(mut self, build_id: impl Into<String>) -> Self {
        self.options.deployment_options = WorkerDeploymentOptions::from_build_id(build_id.into());
        self
    }

    /// Worker versioning: the deployment this worker belongs to, and how its workflows move between versions.
    pub fn deployment_options(mut self, options: WorkerDeploymentOptions) -> Self {
        self.options.deployment_options = options;
        self
    }

    /// Worker versioning: this worker is the build `build_id` of the deployment `deployment`, and gets the workflows of that
    /// version only.
    ///
    /// `behavior` says how its workflows move when another version becomes the current one: `Pinned` ones end where they
    /// began, `AutoUpgrade` ones go along. It goes for all workflows of the worker: Temporal's crate has none for a single
    /// workflow type. A start can override it with [`versioning_override`](crate::calls::Start::versioning_override).
    ///
    /// ```
    /// # use durably::prelude::*;
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
    /// # fn main() {}
    /// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use durably::VersioningBehavior;
    ///
    /// Worker::new(&client, "greetings").workflow::<Greeting>().version("greeter", "2.1", VersioningBehavior::Pinned).run().await?;
    /// # Ok(()) }
    /// ```
    pub fn version(
        self,
        deployment: impl Into<String>,
        build_id: impl Into<String>,
        behavior: VersioningBehavior,
    ) -> Self {
        let version = WorkerDeploymentVersion::builder().deployment_name(deployment).build_id(build_id).build();
        let options = WorkerDeploymentOptions::new(version).use_worker_versioning(true);
        self.deployment_options(options.default_versioning_behavior(behavior).build())
    }

    /// An interceptor of the workflows, of what comes to them and of what they call; `make` is called for each workflow in
    /// memory. The first one given is the outermost for what comes, and the innermost for what they call.
    pub fn workflow_interceptor<I: WorkflowInterceptor>(
        mut self,
        make: impl Fn(&WorkflowContextView) -> I + Send + Sync + 'static,
    ) -> Self {
        let constructor = WorkflowInterceptorConstructor::new(make);
        self.interceptors.push(constructor.clone());
        self.options(|options| {
            options.workflow_interceptor(constructor);
        })
    }

    /// An interceptor of the activities; the first one given is the outermost.
    pub fn activity_interceptor(self, interceptor: impl ActivityInboundInterceptor) -> Self {
        self.options(|options| {
            options.activity_inbound_interceptor(interceptor);
        })
    }

    /// Who this worker says it is, recorded in histories. The identity of the client unless given.
    pub fn identity(mut self, identity: impl Into<String>) -> Self {
        self.options.client_identity_override = Some(identity.into());
        self
    }

    /// The SDK runtime to share, with the telemetry it was set up for. One on the current tokio runtime unless given.
    pub fn runtime(mut self, runtime: Arc<Runtime>) -> Self {
        self.runtime = Some(runtime);
        self
    }

    /// Any other option of Temporal's worker: interceptors, heartbeats, failure types. It sees what the options above have
    /// come to.
    pub fn options(mut self, change: impl FnOnce(&mut WorkerOptions) + Send + 'static) -> Self {
        self.changes.push(Box::new(change));
        self
    }

    /// The interceptors of its workflows.
    #[cfg(feature = "embedded")]
    pub(crate) fn workflow_interceptors(&self) -> &[WorkflowInterceptorConstructor] {
        &self.interceptors
    }

    /// A change to the options when everything is registered. It may register something in place of what is.
    #[cfg(feature = "embedded")]
    pub(crate) fn finally(mut self, change: impl FnOnce(&mut WorkerOptions) + Send + 'static) -> Self {
        self.last = Some(Box::new(change));
        self
    }

    /// Runs until SIGINT (Ctrl-C) or SIGTERM, then shuts down: tasks that run are finished, no more are taken.
    ///
    /// Errors: two things under one name, nothing to run, options the SDK refuses, no tokio runtime, a service that says no.
    pub async fn run(self) -> Result<(), WorkerError> {
        let (worker, runtime) = self.build()?;
        running::run_until_signal(worker, runtime).await
    }

    /// Runs in the background, on a thread of its own; activities run on the current tokio runtime.
    ///
    /// Errors: two things under one name, nothing to run, options the SDK refuses, no tokio runtime.
    pub fn start(self) -> Result<RunningWorker, WorkerError> {
        let tokio = tokio::runtime::Handle::try_current().map_err(|_| WorkerError::Runtime {
            task_queue: self.options.task_queue.clone(),
            source: RuntimeError::NoCurrentTokioRuntime,
        })?;
        let (worker, runtime) = self.build()?;
        RunningWorker::start(worker, runtime, tokio)
    }

    fn build(self) -> Result<(temporalio_sdk::Worker, Arc<Runtime>), WorkerError> {
        let Self { client, registry, mut options, slots, runtime, changes, last, interceptors: _ } = self;
        let task_queue = options.task_queue.clone();
        if let Some(tuner) = slots.into_tuner() {
            options.tuner = tuner;
        }
        for change in changes {
            change(&mut options);
        }
        registry.register(&mut options)?;
        if let Some(change) = last {
            change(&mut options);
        }
        let runtime = match runtime {
            Some(runtime) => runtime,
            None => Runtime::from_current_tokio(Default::default())
                .map(Arc::new)
                .map_err(|source| WorkerError::Runtime { task_queue: task_queue.clone(), source })?,
        };
        let worker = temporalio_sdk::Worker::new(&runtime, client, options)
            .map_err(|source| WorkerError::Create { task_queue, source })?;
        Ok((worker, runtime))
    }
}

impl Slots {
    fn into_tuner(self) -> Option<WorkerTuner> {
        let Self { workflow_tasks, activities, local_activities } = self;
        workflow_tasks.or(activities).or(local_activities)?;
        let slots = |count: Option<usize>| SlotSupplier::from(FixedSizeSlotSupplier::new(count.unwrap_or(SLOTS)));
        let tuner = TunerHolder::builder()
            .workflow_task_slot_supplier(slots(workflow_tasks))
            .activity_task_slot_supplier(slots(activities))
            .local_activity_task_slot_supplier(slots(local_activities))
            .nexus_task_slot_supplier(slots(None))
            .build();
        Some(tuner.into())
    }
}
