//! Ending a run by starting the next one.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use futures_util::future::FusedFuture;
use temporalio_common::{MemoValues, RetryPolicy, search_attributes::SearchAttributes};
use temporalio_workflow::{ContinueAsNewOptions, WorkflowContext, WorkflowTermination};

use crate::{
    arguments::Arguments,
    workflow::{RunInput, Workflow},
};

/// Ends the run of the workflow `W` and goes on as a new run, of itself or of another workflow type; return what awaiting
/// gives.
///
/// ```
/// use durably::prelude::*;
///
/// #[workflow(task_queue = "counting")]
/// #[derive(Default)]
/// struct Count;
///
/// #[workflow]
/// impl Count {
///     #[run]
///     async fn run(ctx: &WorkflowContext<Self>, iteration: u32) -> WorkflowResult<u32> {
///         if iteration == 5 {
///             return Ok(iteration);
///         }
///         Count::continue_as_new(ctx, iteration + 1).await
///     }
/// }
/// ```
///
/// What is not given here is taken over from the run that ends. A new workflow type brings the defaults of its own
/// attributes along.
#[must_use = "the workflow goes on as it is unless this is awaited and returned"]
pub struct ContinueAsNew<'a, W: Workflow> {
    context: &'a WorkflowContext<W>,
    input: Option<RunInput<W>>,
    options: ContinueAsNewOptions,
}

impl<'a, W: Workflow> ContinueAsNew<'a, W> {
    /// Goes on as `Next`, with its arguments.
    #[doc(hidden)]
    pub fn new<Next: Workflow>(context: &'a WorkflowContext<W>, input: RunInput<Next>) -> Self {
        let mut options = ContinueAsNewOptions::default();
        let name = input.name();
        let mut own = input.into_arguments();
        let itself = (&mut own as &mut dyn std::any::Any).downcast_mut::<Option<W::Arguments>>();
        let input = match itself.and_then(Option::take) {
            Some(arguments) if name == W::TYPE.name => RunInput::new(arguments),
            Some(arguments) => {
                go_on_as::<Next>(name, &mut options);
                RunInput::new(arguments)
            }
            None => {
                go_on_as::<Next>(name, &mut options);
                RunInput::other(own.map_or_else(|| Arguments::new(()), Arguments::new))
            }
        };
        Self { context, input: Some(input), options }
    }

    /// The task queue of the new run.
    pub fn task_queue(self, task_queue: impl Into<String>) -> Self {
        let task_queue = task_queue.into();
        self.options(|options| options.task_queue = Some(task_queue))
    }

    /// The limit for the new run.
    pub fn run_timeout(self, timeout: Duration) -> Self {
        self.options(|options| options.run_timeout = Some(timeout))
    }

    /// The limit for one workflow task of the new run.
    pub fn task_timeout(self, timeout: Duration) -> Self {
        self.options(|options| options.task_timeout = Some(timeout))
    }

    /// How the new run is retried if it fails.
    pub fn retry_policy(self, policy: RetryPolicy) -> Self {
        self.options(|options| options.retry_policy = Some(policy))
    }

    /// The memo of the new run.
    pub fn memo(self, memo: MemoValues) -> Self {
        self.options(|options| options.memo = Some(memo))
    }

    /// The search attributes of the new run.
    pub fn search_attributes(self, attributes: SearchAttributes) -> Self {
        self.options(|options| options.search_attributes = Some(attributes))
    }

    /// How long the first task of the new run waits.
    pub fn backoff_start_interval(self, interval: Duration) -> Self {
        self.options(|options| options.backoff_start_interval = Some(interval))
    }

    /// Any other option of Temporal's workflow crate.
    pub fn options(mut self, change: impl FnOnce(&mut ContinueAsNewOptions)) -> Self {
        change(&mut self.options);
        self
    }
}

fn go_on_as<Next: Workflow>(name: String, options: &mut ContinueAsNewOptions) {
    let defaults = &Next::TYPE.defaults;
    options.workflow_type = Some(name);
    options.task_queue = defaults.task_queue.map(str::to_owned);
    options.run_timeout = defaults.run_timeout;
    options.task_timeout = defaults.task_timeout;
    options.retry_policy = defaults.retry_policy.as_ref().map(Into::into);
}

impl<W: Workflow> Future for ContinueAsNew<'_, W> {
    /// Always an error: how a run ends without a result of its own.
    type Output = Result<W::Output, WorkflowTermination>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(input) = self.input.take() else {
            return Poll::Pending;
        };
        match self.context.continue_as_new(input, std::mem::take(&mut self.options)) {
            Ok(never) => match never {},
            Err(termination) => Poll::Ready(Err(termination)),
        }
    }
}

impl<W: Workflow> FusedFuture for ContinueAsNew<'_, W> {
    fn is_terminated(&self) -> bool {
        self.input.is_none()
    }
}

impl<W: Workflow> Unpin for ContinueAsNew<'_, W> {}
