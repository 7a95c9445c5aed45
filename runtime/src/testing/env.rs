//! What a test has for itself.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use durably_embedded::Server;
use temporalio_client::Client;

use super::{
    Answers, Mock, TestFailure, TestWorker, connection, histories, mock::AnyMock, replayer::Replayer, stall,
    trouble::Trouble,
};
use crate::{
    activity::{Activity, Returned},
    client::{ClientBuilder, ConnectError},
    worker::RunningWorker,
};

/// How long workers may take to stop at the end of a test.
const STOP: Duration = Duration::from_secs(5);

/// A test's own Temporal service with its client, its workers and its mocks. [`#[durably::test]`](macro@crate::test) makes
/// one, and looks at everything when the test is over.
///
/// ```
/// use durably::testing::TestEnv;
/// # use durably::prelude::*;
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
///
/// # fn main() { durably::__::TestCase::new().run(greets) }
/// # /*
/// #[durably::test]
/// # */
/// async fn greets(env: &TestEnv) {
///     let compose = env.mock::<compose_greeting>(|host: String, name: String| Ok(format!("{host}: {name}")));
///     env.worker().workflow::<Greeting>().start().unwrap();
///
///     let greeting = Greeting::start(env.client(), "Ada").await.unwrap();
///     env.skip(Duration::from_secs(86_400)).await;
///     greeting.submit_greeting("Grace").await.unwrap();
///     greeting.close().await.unwrap();
///     assert_eq!(greeting.result().await.unwrap(), ["Ada: Grace"]);
///     assert_eq!(compose.calls(), [("Ada".to_owned(), "Grace".to_owned())]);
/// }
/// ```
#[must_use = "`finish` looks at what was expected"]
pub struct TestEnv {
    server: Server,
    client: Client,
    trouble: Arc<Trouble>,
    mocks: Mutex<Vec<Arc<dyn AnyMock>>>,
    workers: Mutex<Vec<RunningWorker>>,
    replayer: Arc<Replayer>,
}

impl TestEnv {
    /// A service of one's own, where [`#[durably::test]`](macro@crate::test) cannot stand: with another test framework, or for
    /// a part of a test. Call [`finish`](TestEnv::finish) in the end.
    ///
    /// Errors: the configuration of clients in the environment does not make sense.
    pub async fn start() -> Result<Self, ConnectError> {
        Self::start_with(|client| client).await
    }

    /// The same, with options for its client, such as a codec.
    ///
    /// ```
    /// # use durably::{prelude::*, testing::TestEnv};
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let env = TestEnv::start_with(|client| client.identity("me")).await?;
    /// env.finish().await?;
    /// # Ok(()) }
    /// ```
    ///
    /// Errors: options that do not go together, or the configuration of clients in the environment.
    pub async fn start_with(build: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Result<Self, ConnectError> {
        let server = Server::start();
        let trouble = Arc::new(Trouble::default());
        let client = connection::connect(&server, &trouble, build).await?;
        let replayer = Arc::new(Replayer::new(&client));
        Ok(Self { server, client, trouble, mocks: Mutex::default(), workers: Mutex::default(), replayer })
    }

    /// The client of the service.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// A task queue its workers poll, for workflows whose attribute names none.
    pub fn task_queue(&self) -> &'static str {
        "test"
    }

    /// What time it is for workflows.
    pub fn now(&self) -> SystemTime {
        self.server.now()
    }

    /// Moves time on by exactly this long. Whatever is due on the way, and at the end of it, has happened when this returns:
    /// timers have fired, and workflows and activities have done what follows from that.
    ///
    /// An activity that runs, or is to be finished from outside, holds time.
    pub async fn skip(&self, duration: Duration) {
        self.server.skip(duration).await;
    }

    /// Waits until workflows and activities have done all they can do now.
    ///
    /// What a call to a workflow sets off goes on after the call has returned: after a signal, a mock may not have been called
    /// yet. After this it has.
    pub async fn settle(&self) {
        self.server.settle().await;
    }

    /// Answers the calls of the activity `A`, a function marked `#[activity]`, with this closure. It takes the arguments of
    /// the function, each with its type, and returns what the function returns.
    ///
    /// It counts for workers that start afterwards, as a local activity too, whether or not the activity itself is registered.
    ///
    /// Panics: a worker has started already, or there is a mock of this activity.
    #[track_caller]
    pub fn mock<A: Activity>(&self, answer: impl Answers<A::Arguments, Answer = Returned<A>>) -> Mock<A> {
        let name = A::TABLE.name;
        let converter = self.client.options().data_converter.payload_converter().clone();
        let mut mocks = lock(&self.mocks);
        if !lock(&self.workers).is_empty() {
            panic!("the mock of `{name}` comes too late: a worker has started without it");
        }
        if mocks.iter().any(|mock| mock.ledger().name() == name) {
            panic!("the activity `{name}` has a mock already: let one closure answer all its calls");
        }
        let mock = Mock::<A>::new(answer, &self.trouble, converter);
        mocks.push(Arc::new(mock.clone()));
        mock
    }

    /// A worker, to be given its workflows and started.
    pub fn worker(&self) -> TestWorker<'_> {
        TestWorker::new(self)
    }

    /// Stops its workers and looks at everything: whether mocks were called as expected, and whether each run of a workflow
    /// that its workers know replays.
    ///
    /// Errors: what is wrong, all of it.
    pub async fn finish(self) -> Result<(), TestFailure> {
        self.close(false).await
    }

    /// Until something has gone wrong that leaves the test nothing to wait for.
    pub(super) async fn troubled(&self) {
        tokio::select! {
            () = self.trouble.ended() => {}
            stalled = stall::stalled(&self.client) => self.trouble.add(stalled),
        }
    }

    pub(super) async fn close(self, ended_early: bool) -> Result<(), TestFailure> {
        self.trouble.close();
        let mut reasons = self.stop_workers().await;
        let histories = histories::fetch(&self.client).await;
        let failed_tasks = self.trouble.take_failed_tasks();
        reasons.extend(self.trouble.take());
        match histories {
            Ok(histories) => {
                if !failed_tasks.is_empty() {
                    let found = histories.iter().filter_map(histories::Recorded::failed_task).collect::<Vec<_>>();
                    let told = || failed_tasks.into_iter().map(|reason| format!("a workflow task failed: {reason}"));
                    reasons.extend(if found.is_empty() { told().collect() } else { found });
                } else {
                    reasons.extend(self.replayer.replay(histories).await);
                }
            }
            Err(error) => reasons.push(format!("the histories of the workflows cannot be read: {error}")),
        }
        reasons.extend(lock(&self.mocks).iter().filter_map(|mock| mock.ledger().complaint(ended_early)));
        TestFailure::from_reasons(reasons)
    }

    async fn stop_workers(&self) -> Vec<String> {
        let workers = std::mem::take(&mut *lock(&self.workers));
        let mut reasons = Vec::new();
        let stopping = workers.into_iter().map(|worker| async {
            let queue = worker.task_queue().to_owned();
            match tokio::time::timeout(STOP, worker.shutdown()).await {
                Ok(stopped) => stopped.err().map(|error| error.to_string()),
                Err(_) => Some(format!(
                    "the worker for task queue `{queue}` does not stop: an activity still runs after {STOP:?}"
                )),
            }
        });
        reasons.extend(futures_util::future::join_all(stopping).await.into_iter().flatten());
        reasons
    }

    pub(super) fn mocks(&self) -> Vec<Arc<dyn AnyMock>> {
        lock(&self.mocks).clone()
    }

    pub(super) fn keep(&self, worker: RunningWorker) {
        lock(&self.workers).push(worker);
    }

    pub(super) fn trouble(&self) -> &Arc<Trouble> {
        &self.trouble
    }

    pub(super) fn replayer(&self) -> &Arc<Replayer> {
        &self.replayer
    }
}

impl fmt::Debug for TestEnv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestEnv").field("now", &self.now()).finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
