//! Why a worker does not run.

use temporalio_sdk::{RuntimeError, WorkerCreateError, WorkerRunError};

/// A worker could not be built, or stopped on its own.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum WorkerError {
    /// Two workflows, or two activities, have one name on the wire.
    #[error(
        "the worker for task queue `{task_queue}` has two {kind} named `{name}`: `{first}` and `{second}`; give one of them another name with `name = \"..\"`, or register only one"
    )]
    Duplicate {
        /// The task queue of the worker.
        task_queue: String,
        /// `workflows` or `activities`.
        kind: &'static str,
        /// The name on the wire.
        name: &'static str,
        /// The Rust path of the one registered first.
        first: &'static str,
        /// The Rust path of the one registered second.
        second: &'static str,
    },
    /// Nothing is registered, so there is nothing to do.
    #[error(
        "the worker for task queue `{task_queue}` has no workflows and no activities: add `.workflow::<W>()`, `.activity::<f>()` or `.activities(..)`"
    )]
    Empty {
        /// The task queue of the worker.
        task_queue: String,
    },
    /// The worker was made outside of a tokio runtime, or telemetry could not be set up.
    #[error("the worker for task queue `{task_queue}` cannot be set up: {source}")]
    Runtime {
        /// The task queue of the worker.
        task_queue: String,
        /// What Temporal's crate says.
        source: RuntimeError,
    },
    /// Temporal's worker refuses the options.
    #[error("the worker for task queue `{task_queue}` cannot be made: {source}")]
    Create {
        /// The task queue of the worker.
        task_queue: String,
        /// What Temporal's crate says.
        source: WorkerCreateError,
    },
    /// Temporal's worker stopped with an error.
    #[error("the worker for task queue `{task_queue}` stopped: {source}")]
    Run {
        /// The task queue of the worker.
        task_queue: String,
        /// What Temporal's crate says.
        source: WorkerRunError,
    },
    /// The thread of the worker could not be started, or panicked.
    #[error("the thread of the worker for task queue `{task_queue}` is gone: {reason}")]
    Thread {
        /// The task queue of the worker.
        task_queue: String,
        /// What is known of it.
        reason: String,
    },
    /// Signals of the operating system cannot be listened to.
    #[error("the worker for task queue `{task_queue}` cannot listen for SIGINT and SIGTERM: {source}")]
    Signals {
        /// The task queue of the worker.
        task_queue: String,
        /// What the operating system says.
        source: std::io::Error,
    },
}

crate::shown::debug_is_display!(WorkerError);
