//! Activities that a test answers itself.

mod answer;
mod executable;
mod ledger;

pub use answer::{Answers, Unlisted};
pub(super) use ledger::Ledger;

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use temporalio_common::{
    ActivityError,
    data_converters::{ActivitySerializationContext, PayloadConverter, SerializationContext, SerializationContextData},
};
use temporalio_sdk::WorkerOptions;

use self::{executable::MockOf, ledger::Expected};
use super::trouble::Trouble;
use crate::{
    activity::{Activity, Returned},
    arguments::{ArgumentList, Callee, decode_list},
    failure::FailureType,
    outcome::finish_activity,
};

/// What a test answers in place of the activity `A`, and what it expects of its calls.
///
/// [`TestEnv::mock`](super::TestEnv::mock) makes one of an activity that is a function; an `impl` that is marked
/// `#[activities]` has a function `mocks` with a method for each of its activities. Expectations that are not met fail the
/// test when it ends. Each attempt counts as a call.
///
/// ```
/// use durably::{prelude::*, testing::TestEnv};
///
/// # #[workflow] #[derive(Default)] struct Order;
/// # #[workflow] impl Order { #[run] async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<bool> {
/// #     let mailed = send::execute(ctx, "4111", 300_u32).await?;
/// #     Ok(Desk::activities(ctx).approve("o-1").await? && mailed > 0) } }
/// #[activity(start_to_close_timeout = "10s")]
/// async fn send(to: String, pages: u32) -> ActivityResult<u64> {
///     Err(ActivityError::application(ApplicationFailure::new("no printer")))
/// }
///
/// struct Desk;
///
/// #[activities]
/// impl Desk {
///     #[activity(start_to_close_timeout = "1day")]
///     async fn approve(&self, order: String) -> ActivityResult<bool> {
///         Err(ActivityError::WillCompleteAsync)
///     }
/// }
///
/// # fn main() { durably::__::TestCase::new().run(approves) }
/// # /*
/// #[durably::test]
/// # */
/// async fn approves(env: &TestEnv) {
///     let send = env.mock::<send>(|to: String, pages: u32| Ok(1)).fails_once(ApplicationFailure::new("paper jam"));
///     let approve = Desk::mocks(env).approve(|order: String| Ok(true)).times(1).after(&send);
///     env.worker().workflow::<Order>().start().unwrap();
///
///     let order = Order::start(env.client()).id("o-1").task_queue(env.task_queue());
///     assert!(order.execute().await.unwrap());
///     assert_eq!(send.calls(), [("4111".to_owned(), 300), ("4111".to_owned(), 300)]);
///     assert_eq!(approve.calls(), ["o-1"]);
/// }
/// ```
pub struct Mock<A: Activity> {
    inner: Arc<Inner<A>>,
}

struct Inner<A: Activity> {
    answer: Mutex<Answer<A>>,
    failures: Mutex<VecDeque<ActivityError>>,
    ledger: Arc<Ledger>,
    converter: PayloadConverter,
}

type Answer<A> = Box<dyn FnMut(<A as Activity>::Arguments) -> Returned<A> + Send>;

impl<A: Activity> Mock<A> {
    pub(super) fn new(
        mut answer: impl Answers<A::Arguments, Answer = Returned<A>>,
        trouble: &Arc<Trouble>,
        converter: PayloadConverter,
    ) -> Self {
        let answer: Answer<A> = Box::new(move |arguments| answer.answer(arguments));
        let ledger = Ledger::new(A::TABLE.name, Arc::clone(trouble));
        Self { inner: Arc::new(Inner { answer: Mutex::new(answer), failures: Mutex::default(), ledger, converter }) }
    }

    /// It is to be called exactly this often; one call more ends the test.
    pub fn times(self, count: usize) -> Self {
        self.inner.ledger.expect(Expected::Exactly(count));
        self
    }

    /// It is to be called at least this often.
    pub fn at_least(self, count: usize) -> Self {
        self.inner.ledger.expect(Expected::AtLeast(count));
        self
    }

    /// It is not to be called: a call ends the test.
    pub fn never(self) -> Self {
        self.times(0)
    }

    /// It is to be called after the other one only, and the other one not any more after that. A call out of order ends the
    /// test.
    pub fn after<B: Activity>(self, other: &Mock<B>) -> Self {
        self.inner.ledger.after(&other.inner.ledger);
        self
    }

    /// Fails the next call that has no failure yet, instead of asking the closure: with the failure that the activity
    /// declares, an [`ApplicationFailure`](crate::ApplicationFailure), or any other error. Whether it is tried again is for
    /// the failure and the retry policy to say.
    pub fn fails_once(self, error: impl Into<ActivityError> + 'static) -> Self {
        let error = match A::Failure::sent(error) {
            Ok(failure) => ActivityError::application(failure),
            Err(other) => other.into(),
        };
        self.inner.failures.lock().unwrap_or_else(PoisonError::into_inner).push_back(error);
        self
    }

    /// How often it was called so far.
    pub fn count(&self) -> usize {
        self.inner.ledger.calls().len()
    }

    /// The arguments of each call so far: a single one as it is, several as a tuple.
    ///
    /// Panics: an argument does not decode as its own type.
    #[track_caller]
    pub fn calls(&self) -> Vec<<A::Arguments as Unlisted>::Values>
    where
        A::Arguments: Unlisted,
    {
        let callee = Callee { kind: "activity", name: A::TABLE.name, arguments: A::TABLE.arguments };
        let data = SerializationContextData::Activity(ActivitySerializationContext::new());
        let context = SerializationContext::new(&data, &self.inner.converter);
        let mut calls = Vec::new();
        for payloads in self.inner.ledger.calls() {
            match decode_list::<A::Arguments>(callee, payloads, &context) {
                Ok(list) => calls.push(list.unlisted()),
                Err(error) => panic!("{error}"),
            }
        }
        calls
    }
}

impl<A: Activity> Inner<A> {
    /// Answers one call.
    fn call(&self, arguments: A::Arguments) -> Result<A::Output, ActivityError> {
        let data = SerializationContextData::Activity(ActivitySerializationContext::new());
        let context = SerializationContext::new(&data, &self.converter);
        let mut payloads = Vec::new();
        arguments.encode_into(&context, &mut payloads)?;
        self.ledger.begin(payloads).map_err(refused)?;
        let failure = self.failures.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let answered = match failure {
            Some(failure) => Err(failure),
            None => self.answer(arguments),
        };
        self.ledger.end();
        answered
    }

    fn answer(&self, arguments: A::Arguments) -> Result<A::Output, ActivityError> {
        let answer = || {
            let mut answer = self.answer.lock().unwrap_or_else(PoisonError::into_inner);
            answer(arguments)
        };
        match std::panic::catch_unwind(std::panic::AssertUnwindSafe(answer)) {
            Ok(returned) => finish_activity::<A::Outcome>(returned),
            Err(panic) => {
                let reason = crate::worker::reason(&*panic);
                Err(refused(
                    self.ledger.refuse(format!("the mock of `{}` did not answer: {reason}", self.ledger.name())),
                ))
            }
        }
    }
}

/// An attempt that is not worth repeating.
fn refused(reason: String) -> ActivityError {
    ActivityError::application(temporalio_common::error::ApplicationFailure::non_retryable(reason))
}

/// A mock whose activity is forgotten.
pub(super) trait AnyMock: Send + Sync {
    fn ledger(&self) -> &Ledger;
    /// The task queue its attribute names.
    fn task_queue(&self) -> Option<&'static str>;
    /// Makes a worker answer with it, whatever else is registered by that name.
    fn register(&self, options: &mut WorkerOptions);
}

impl<A: Activity> AnyMock for Mock<A> {
    fn ledger(&self) -> &Ledger {
        &self.inner.ledger
    }

    fn task_queue(&self) -> Option<&'static str> {
        A::TABLE.defaults.task_queue
    }

    fn register(&self, options: &mut WorkerOptions) {
        options.register_activity::<MockOf<A>>(Arc::new(self.clone()));
    }
}

impl<A: Activity> Clone for Mock<A> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner) }
    }
}

impl<A: Activity> fmt::Debug for Mock<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").field("activity", &A::TABLE.name).field("count", &self.count()).finish_non_exhaustive()
    }
}
