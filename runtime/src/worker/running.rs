//! A worker at work.

use std::{
    any::Any,
    fmt,
    panic::{self, AssertUnwindSafe},
    sync::Arc,
    thread,
};

use temporalio_sdk::Runtime;
use tokio::{runtime::Handle, sync::oneshot};

use super::{WorkerError, alive};

/// Runs until the worker stops, or a signal of the operating system shuts it down.
pub(super) async fn run_until_signal(
    mut worker: temporalio_sdk::Worker,
    runtime: Arc<Runtime>,
) -> Result<(), WorkerError> {
    let task_queue = worker.task_queue().to_owned();
    let mut stop = Stop::listen().map_err(|source| WorkerError::Signals { task_queue: task_queue.clone(), source })?;
    let shut_down = worker.shutdown_handle();
    let run = worker.run();
    tokio::pin!(run);
    let result = tokio::select! {
        result = &mut run => result,
        () = stop.received() => {
            shut_down();
            run.await
        }
    };
    // Telemetry lives as long as the worker.
    drop(runtime);
    result.map_err(|source| WorkerError::Run { task_queue, source })
}

#[cfg(unix)]
struct Stop {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Stop {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn received(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(windows)]
struct Stop(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Stop {
    fn listen() -> std::io::Result<Self> {
        Ok(Self(tokio::signal::windows::ctrl_c()?))
    }

    async fn received(&mut self) {
        self.0.recv().await;
    }
}

/// A worker that runs in the background. Dropping it begins a shutdown without waiting for it.
///
/// ```
/// # use durably::prelude::*;
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
/// # fn main() {}
/// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
/// let worker = Worker::new(&client, "greetings").workflow::<Greeting>().activity::<compose_greeting>().start()?;
/// let said = Greeting::start(&client, "Ada").execute().await?;
/// worker.shutdown().await?;
/// # Ok(()) }
/// ```
#[must_use = "dropping it shuts the worker down"]
pub struct RunningWorker {
    task_queue: String,
    shut_down: Box<dyn Fn() + Send + Sync>,
    finished: Option<oneshot::Receiver<Result<(), WorkerError>>>,
}

impl RunningWorker {
    pub(super) fn start(
        mut worker: temporalio_sdk::Worker,
        runtime: Arc<Runtime>,
        tokio: Handle,
    ) -> Result<Self, WorkerError> {
        let task_queue = worker.task_queue().to_owned();
        let shut_down = Box::new(worker.shutdown_handle());
        let (sender, finished) = oneshot::channel();
        let queue = task_queue.clone();
        // Workflows are not `Send`: they stay on one thread, which blocks on the worker.
        let run = move || {
            let run = || tokio.block_on(alive::while_alive(&tokio, worker.run()));
            let result = match panic::catch_unwind(AssertUnwindSafe(run)) {
                Ok(Some(result)) => result.map_err(|source| WorkerError::Run { task_queue: queue, source }),
                Ok(None) => Err(WorkerError::Thread { task_queue: queue, reason: alive::GONE.to_owned() }),
                Err(panic) => Err(WorkerError::Thread { task_queue: queue, reason: reason(&*panic) }),
            };
            drop(runtime);
            // Nobody may be waiting any more.
            let _ = sender.send(result);
        };
        thread::Builder::new()
            .name(format!("worker {task_queue}"))
            .spawn(run)
            .map_err(|error| WorkerError::Thread { task_queue: task_queue.clone(), reason: error.to_string() })?;
        Ok(Self { task_queue, shut_down, finished: Some(finished) })
    }

    /// The task queue it polls.
    pub fn task_queue(&self) -> &str {
        &self.task_queue
    }

    /// Takes no more tasks, finishes those that run, and waits for that.
    ///
    /// Errors: the worker had stopped with an error.
    pub async fn shutdown(self) -> Result<(), WorkerError> {
        (self.shut_down)();
        self.finished().await
    }

    /// Waits until the worker stops on its own, which it only does on an error.
    ///
    /// Errors: what stopped it.
    pub async fn finished(mut self) -> Result<(), WorkerError> {
        let Some(finished) = self.finished.take() else {
            return Ok(());
        };
        finished.await.unwrap_or_else(|_| {
            let reason = "it ended without a word".to_owned();
            Err(WorkerError::Thread { task_queue: self.task_queue.clone(), reason })
        })
    }
}

/// What a panic says.
pub(crate) fn reason(panic: &(dyn Any + Send)) -> String {
    let message = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    message.map_or_else(|| "it panicked".to_owned(), |message| format!("it panicked: {message}"))
}

impl Drop for RunningWorker {
    fn drop(&mut self) {
        (self.shut_down)();
    }
}

impl fmt::Debug for RunningWorker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunningWorker").field("task_queue", &self.task_queue).finish_non_exhaustive()
    }
}
