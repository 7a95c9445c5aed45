//! Workers: what they refuse to run, how they stop, and their options.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use durably::{WorkerError, WorkflowExecutionStatus, prelude::*};
use durably_tests::{Child, address, client, event, events, told_to, unique, with_worker};
use tokio::sync::Notify;

/// Echoes, after a timer.
#[workflow]
#[derive(Default)]
struct Echo;

#[workflow]
impl Echo {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, word: String) -> WorkflowResult<String> {
        ctx.timer(Duration::from_millis(10)).await;
        Ok(word)
    }
}

async fn echo(client: &Client, queue: &str) -> EchoHandle {
    Echo::start(client, "hello").id(unique("echo")).task_queue(queue).await.unwrap()
}

#[activity(start_to_close_timeout = "10s")]
async fn ping() -> u8 {
    1
}

mod other {
    use durably::prelude::*;

    #[workflow]
    #[derive(Default)]
    pub(super) struct Echo;

    #[workflow]
    impl Echo {
        #[run]
        async fn run() {}
    }

    pub(super) struct Table;

    #[activities]
    impl Table {
        #[activity(name = "ping")]
        async fn serve(&self) -> u8 {
            2
        }
    }
}

#[tokio::test]
async fn two_workflows_of_one_name_are_refused_with_both_paths() {
    let client = client().await;
    let error = Worker::new(&client, "twice").workflow::<Echo>().workflow::<other::Echo>().start().unwrap_err();
    assert!(matches!(error, WorkerError::Duplicate { kind: "workflows", name: "Echo", .. }), "{error:?}");
    let message = error.to_string();
    let here = module_path!();
    for part in [format!("`{here}::Echo`"), format!("`{here}::other::Echo`"), "`twice`".into(), "`Echo`".into()] {
        assert!(message.contains(&part), "{part} is missing in: {message}");
    }
}

#[tokio::test]
async fn two_activities_of_one_name_are_refused_with_both_paths() {
    let client = client().await;
    let worker = Worker::new(&client, "twice").activity::<ping>().activities(other::Table);
    let message = worker.start().unwrap_err().to_string();
    let here = module_path!();
    for part in [format!("`{here}::ping`"), format!("`{here}::other::Table::serve`"), "two activities".into()] {
        assert!(message.contains(&part), "{part} is missing in: {message}");
    }
}

#[tokio::test]
async fn a_worker_with_nothing_to_do_is_refused() {
    let client = client().await;
    for error in
        [Worker::new(&client, "idle").start().unwrap_err(), Worker::new(&client, "idle").run().await.unwrap_err()]
    {
        assert!(matches!(error, WorkerError::Empty { .. }), "{error:?}");
        assert!(error.to_string().contains("`idle` has no workflows and no activities"), "{error}");
    }
}

#[test]
fn without_a_tokio_runtime_there_is_an_error() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = runtime.block_on(client());
    let error = Worker::new(&client, "outside").activity::<ping>().start().unwrap_err();
    assert!(matches!(error, WorkerError::Runtime { .. }), "{error:?}");
    assert!(error.to_string().contains("`outside`"), "{error}");
}

/// Activities that wait for the test.
#[derive(Default)]
struct Gate {
    begun: Notify,
    open: Notify,
    cancelled: AtomicUsize,
}

/// What a worker and a test share of it.
struct Gatekeeper(Arc<Gate>);

#[activities]
impl Gatekeeper {
    #[activity(start_to_close_timeout = "60s")]
    async fn pass(&self, ctx: &ActivityContext) -> ActivityResult<String> {
        self.0.begun.notify_one();
        tokio::select! {
            () = self.0.open.notified() => Ok("passed".to_owned()),
            () = ctx.cancelled() => {
                self.0.cancelled.fetch_add(1, Ordering::Relaxed);
                Err(ActivityError::cancelled())
            }
        }
    }
}

/// Passes the gate.
#[workflow]
#[derive(Default)]
struct Walk;

#[workflow]
impl Walk {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<String> {
        Ok(Gatekeeper::activities(ctx).pass().await?)
    }
}

async fn walk(client: &Client, queue: &str) -> WalkHandle {
    Walk::start(client).id(unique("walk")).task_queue(queue).await.unwrap()
}

#[tokio::test]
async fn a_shutdown_lets_a_running_activity_finish() {
    let (client, queue, gate) = (client().await, unique("shutdown"), Arc::<Gate>::default());
    let worker = Worker::new(&client, &queue).workflow::<Walk>().activities(Gatekeeper(Arc::clone(&gate)));
    let worker = worker.start().unwrap();
    assert_eq!(worker.task_queue(), queue);
    let walk = walk(&client, &queue).await;
    gate.begun.notified().await;

    let mut shutdown = Box::pin(worker.shutdown());
    let early = tokio::time::timeout(Duration::from_millis(300), &mut shutdown).await;
    assert!(early.is_err(), "it waits for the activity");
    gate.open.notify_one();
    shutdown.await.unwrap();
    assert_eq!(events!(walk, ActivityTaskCompletedEventAttributes).len(), 1);
    assert_eq!(gate.cancelled.load(Ordering::Relaxed), 0);

    let worker = Worker::new(&client, &queue).workflow::<Walk>().start().unwrap();
    assert_eq!(walk.result().await.unwrap(), "passed", "the next worker goes on");
    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_shutdown_cancels_activities_after_the_graceful_period() {
    let (client, queue, gate) = (client().await, unique("graceful"), Arc::<Gate>::default());
    let worker = Worker::new(&client, &queue)
        .workflow::<Walk>()
        .activities(Gatekeeper(Arc::clone(&gate)))
        .graceful_shutdown_period(Duration::from_millis(100))
        .start()
        .unwrap();
    let walk = walk(&client, &queue).await;
    gate.begun.notified().await;
    tokio::time::timeout(Duration::from_secs(30), worker.shutdown()).await.expect("it ends").unwrap();
    assert_eq!(gate.cancelled.load(Ordering::Relaxed), 1);
    walk.terminate().await.unwrap();
}

#[tokio::test]
async fn a_worker_that_is_dropped_shuts_down() {
    let (client, queue, gate) = (client().await, unique("dropped"), Arc::new(Gatekeeper(Arc::default())));
    let worker = Worker::new(&client, &queue).shared_activities(Arc::clone(&gate)).start().unwrap();
    assert!(Arc::strong_count(&gate) > 1);
    drop(worker);
    for _ in 0..1500 {
        if Arc::strong_count(&gate) == 1 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the worker still has its activities");
}

/// Counts how many of its activities run at once.
#[derive(Default)]
struct Crowd {
    now: AtomicUsize,
    most: AtomicUsize,
}

#[activities]
impl Crowd {
    #[activity(start_to_close_timeout = "10s")]
    async fn enter(&self) {
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(50)).await;
        self.now.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Lets many in at once.
#[workflow]
#[derive(Default)]
struct Rush;

#[workflow]
impl Rush {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, count: usize) -> WorkflowResult<()> {
        let entries = join_all((0..count).map(|_| Crowd::activities(ctx).enter())).await;
        for entered in entries {
            entered?;
        }
        Ok(())
    }
}

/// As when `main` returns early.
#[test]
fn a_worker_whose_runtime_is_gone_stops_without_a_panic() {
    let runtime = || tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    for _ in 0..5 {
        let its_own = runtime();
        let worker = its_own.block_on(async {
            let (client, queue) = (client().await, unique("queue"));
            let worker = Worker::new(&client, &queue).workflow::<Echo>().start().unwrap();
            echo(&client, &queue).await.result().await.unwrap();
            worker
        });
        drop(its_own);
        let error = runtime().block_on(worker.finished()).unwrap_err();
        assert!(error.to_string().ends_with("the tokio runtime in which it was started has been shut down"), "{error}");
    }
}

#[tokio::test]
async fn no_more_activities_run_at_once_than_allowed() {
    let crowd = Arc::<Crowd>::default();
    let shared = Arc::clone(&crowd);
    with_worker(
        move |worker| worker.workflow::<Rush>().shared_activities(shared).max_concurrent_activities(2),
        async |client, queue| {
            Rush::start(client, 8).id(unique("rush")).task_queue(queue).execute().await.unwrap();
        },
    )
    .await;
    assert_eq!(crowd.most.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn the_identity_and_the_build_are_in_the_history() {
    with_worker(
        |worker| {
            worker.workflow::<Echo>().identity("worker-7").build_id("build-3").options(|options| {
                let identity = options.client_identity_override.take();
                options.client_identity_override = identity.map(|identity| identity + "-changed");
            })
        },
        async |client, queue| {
            let echo = echo(client, queue).await;
            echo.result().await.unwrap();
            let completed = event!(echo, WorkflowTaskCompletedEventAttributes);
            assert_eq!(completed.identity, "worker-7-changed", "`options` comes last");
            #[expect(deprecated)]
            let build = completed.worker_version.map(|version| version.build_id);
            assert_eq!(build.as_deref(), Some("build-3"));
        },
    )
    .await;
}

/// The kinds of task queue that the tasks of a workflow went to: 1 for the normal one, 2 for that of one worker.
async fn queue_kinds(echo: &EchoHandle) -> Vec<i32> {
    let scheduled = events!(*echo, WorkflowTaskScheduledEventAttributes);
    scheduled.into_iter().filter_map(|scheduled| scheduled.task_queue).map(|queue| queue.kind).collect()
}

#[tokio::test]
async fn a_worker_keeps_workflows_in_memory_unless_told_otherwise() {
    with_worker(
        |worker| worker.workflow::<Echo>(),
        async |client, queue| {
            let echo = echo(client, queue).await;
            assert_eq!(echo.result().await.unwrap(), "hello");
            assert_eq!(queue_kinds(&echo).await, [1, 2]);
        },
    )
    .await;
    with_worker(
        |worker| worker.workflow::<Echo>().max_cached_workflows(0),
        async |client, queue| {
            let echo = echo(client, queue).await;
            assert_eq!(echo.result().await.unwrap(), "hello");
            assert_eq!(queue_kinds(&echo).await, [1, 1]);
        },
    )
    .await;
}

/// Panics when told to.
#[workflow]
#[derive(Default)]
struct Touchy;

#[workflow]
impl Touchy {
    #[run]
    async fn run(word: String) -> String {
        assert!(word != "boo", "was told {word}");
        word
    }
}

#[tokio::test]
async fn a_panic_fails_a_workflow_task_and_nothing_else() {
    with_worker(
        |worker| worker.workflow::<Touchy>(),
        async |client, queue| {
            let start = |word: &str| Touchy::start(client, word).id(unique("touchy")).task_queue(queue);
            let touchy = start("boo").await.unwrap();
            let failure = durably_tests::history::task_failure(&touchy).await;
            assert!(failure.contains("was told boo"), "{failure}");
            assert_eq!(touchy.describe().await.unwrap().status(), WorkflowExecutionStatus::Running);
            assert_eq!(start("hello").execute().await.unwrap(), "hello");
            touchy.terminate().await.unwrap();
        },
    )
    .await;
}

/// Panics before it has a state.
#[workflow]
struct Stillborn;

#[workflow]
impl Stillborn {
    #[init]
    fn new() -> Self {
        panic!("no state for you");
    }

    #[run]
    async fn run() {}
}

#[tokio::test]
async fn a_panic_in_init_ends_the_worker_and_it_says_so() {
    let (client, queue) = (client().await, unique("stillborn"));
    let worker = Worker::new(&client, &queue).workflow::<Stillborn>().start().unwrap();
    let stillborn = Stillborn::start(&client).id(unique("stillborn")).task_queue(&queue).await.unwrap();
    let finished = tokio::time::timeout(Duration::from_secs(60), worker.finished()).await.expect("it ends");
    let error = finished.unwrap_err();
    assert!(matches!(error, WorkerError::Thread { .. }), "{error:?}");
    assert!(error.to_string().ends_with("is gone: it panicked: no state for you"), "{error}");
    stillborn.terminate().await.unwrap();
}

#[tokio::test]
async fn a_worker_says_which_workflow_it_does_not_know() {
    with_worker(
        |worker| worker.workflow::<Touchy>(),
        async |client, queue| {
            let echo = echo(client, queue).await;
            let failure = durably_tests::history::task_failure(&echo).await;
            assert!(failure.contains("Echo"), "{failure}");
            echo.terminate().await.unwrap();
        },
    )
    .await;
}

#[tokio::test]
async fn workers_of_one_queue_have_clients_of_their_own() {
    let crowd = Arc::<Crowd>::default();
    let (first, second, queue) = (client().await, client().await, unique("shared"));
    let worker = |client| Worker::new(client, &queue).workflow::<Rush>().shared_activities(Arc::clone(&crowd)).start();
    let one = worker(&first).unwrap();
    let error = worker(&first).unwrap_err();
    assert!(matches!(error, WorkerError::Create { .. }), "{error:?}");
    assert!(error.to_string().contains(&format!("the worker for task queue `{queue}` cannot be made")), "{error}");
    assert!(!error.to_string().contains("backtrace"), "{error}");

    let two = worker(&second).unwrap();
    Rush::start(&first, 4).id(unique("rush")).task_queue(&queue).execute().await.unwrap();
    one.shutdown().await.unwrap();
    two.shutdown().await.unwrap();
    assert!(crowd.most.load(Ordering::SeqCst) > 0);
}

/// Runs in a process of its own: the child of the test below.
#[tokio::test]
#[ignore = "runs until SIGTERM, as the child of another test"]
async fn a_worker_until_sigterm() {
    let Some(queue) = told_to() else { return };
    let client = client().await;
    Worker::new(&client, queue).workflow::<Echo>().run().await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn a_worker_runs_until_sigterm() {
    let (client, queue) = (client().await, unique("sigterm"));
    let child = Child::start("worker::a_worker_until_sigterm", &queue, |command| {
        command.env("TEMPORAL_ADDRESS", address());
    });
    let echo = echo(&client, &queue).await;
    let result = tokio::time::timeout(Duration::from_secs(60), echo.result()).await;
    assert_eq!(result.expect("the child works").unwrap(), "hello");
    child.terminate();
    let status = tokio::task::spawn_blocking(|| child.wait()).await.unwrap().unwrap();
    assert!(status.success(), "{status}");
}
