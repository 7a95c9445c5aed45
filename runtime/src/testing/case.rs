//! What `#[durably::test]` makes of a function.

use std::{
    fmt::Display,
    panic::{AssertUnwindSafe, resume_unwind},
};

use futures_util::FutureExt;
use tokio::runtime::{Builder, Runtime};

use super::{TestEnv, TestFailure};
use crate::client::ClientBuilder;

/// A test that is to be run.
#[derive(Clone, Copy, Default)]
pub struct TestCase {
    worker_threads: Option<usize>,
    multi_thread: bool,
    client: Option<fn(ClientBuilder) -> ClientBuilder>,
}

impl TestCase {
    /// On the thread of the test alone.
    pub fn new() -> Self {
        Self::default()
    }

    /// On a runtime of several threads: one for each core unless given.
    pub fn multi_thread(self, worker_threads: Option<usize>) -> Self {
        Self { multi_thread: true, worker_threads, ..self }
    }

    /// With options for the client.
    pub fn client(self, build: fn(ClientBuilder) -> ClientBuilder) -> Self {
        Self { client: Some(build), ..self }
    }

    /// Runs the test, and looks at everything afterwards.
    #[track_caller]
    pub fn run<T: TestResult>(self, test: impl AsyncFnOnce(&TestEnv) -> T) -> T::Reported {
        let runtime = match self.runtime() {
            Ok(runtime) => runtime,
            Err(error) => return T::report(Err(TestFailure::of(format!("there is no tokio runtime: {error}")))),
        };
        let ended = runtime.block_on(self.run_within(test));
        // Activities that do not end must not keep the test from ending.
        runtime.shutdown_background();
        match ended {
            Ended::Returned(value, complaints) => T::report(value.and(complaints)),
            Ended::Stopped(failure) => T::report(Err(failure)),
            Ended::Panicked(panic, complaints) => {
                // The panic is what is shown of the test; the rest goes beside it.
                if let Err(complaints) = complaints {
                    eprintln!("{complaints}");
                }
                resume_unwind(panic)
            }
        }
    }

    async fn run_within<T: TestResult>(self, test: impl AsyncFnOnce(&TestEnv) -> T) -> Ended<T> {
        let build = self.client.unwrap_or(|client| client);
        let env = match TestEnv::start_with(build).await {
            Ok(env) => env,
            Err(error) => return Ended::Stopped(TestFailure::of(error.to_string())),
        };
        let ended = tokio::select! {
            // What made the test fail says more than how it went on.
            biased;
            () = env.troubled() => None,
            ended = AssertUnwindSafe(test(&env)).catch_unwind() => Some(ended),
        };
        let complaints = env.close(ended.is_none()).await;
        match ended {
            Some(Ok(value)) => Ended::Returned(value, complaints),
            Some(Err(panic)) => Ended::Panicked(panic, complaints),
            None => {
                let unknown = || TestFailure::of("the test was ended for a reason that is gone");
                Ended::Stopped(complaints.err().unwrap_or_else(unknown))
            }
        }
    }

    fn runtime(self) -> std::io::Result<Runtime> {
        let mut builder = if self.multi_thread { Builder::new_multi_thread() } else { Builder::new_current_thread() };
        if let Some(threads) = self.worker_threads {
            builder.worker_threads(threads);
        }
        builder.enable_all().build()
    }
}

/// How the body of a test ended.
enum Ended<T> {
    Returned(T, Result<(), TestFailure>),
    Stopped(TestFailure),
    Panicked(Box<dyn std::any::Any + Send>, Result<(), TestFailure>),
}

/// What a test may return.
#[diagnostic::on_unimplemented(
    message = "a test cannot return `{Self}`",
    label = "not what a test returns",
    note = "return nothing, or a `Result<(), E>` whose error implements `Display`"
)]
pub trait TestResult: Sized {
    /// What the function that the test harness calls returns.
    type Reported;

    /// What it is with what else was found.
    fn and(self, complaints: Result<(), TestFailure>) -> Result<(), TestFailure>;

    /// How the harness is told.
    fn report(result: Result<(), TestFailure>) -> Self::Reported;
}

impl TestResult for () {
    type Reported = ();

    fn and(self, complaints: Result<(), TestFailure>) -> Result<(), TestFailure> {
        complaints
    }

    #[track_caller]
    fn report(result: Result<(), TestFailure>) {
        if let Err(failure) = result {
            panic!("{failure}");
        }
    }
}

impl<E: Display> TestResult for Result<(), E> {
    type Reported = Result<(), TestFailure>;

    fn and(self, complaints: Result<(), TestFailure>) -> Result<(), TestFailure> {
        match (self, complaints) {
            (Ok(()), complaints) => complaints,
            // Some errors tell all of their chain in this form only.
            (Err(error), Ok(())) => Err(TestFailure::of(format!("{error:#}"))),
            (Err(error), Err(complaints)) => Err(complaints.after(format!("{error:#}"))),
        }
    }

    fn report(result: Result<(), TestFailure>) -> Self::Reported {
        result
    }
}
