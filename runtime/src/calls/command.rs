//! Which contexts may issue commands.

use std::pin::Pin;

use temporalio_common::{
    ActivityDefinition,
    error::{ActivityExecutionError, ChildWorkflowStartError},
};
use temporalio_workflow::{
    ActivityOptions, CancellableFuture, CancellableFutureWithReason, ChildWorkflowOptions, ExternalWorkflowHandle,
    LocalActivityOptions, StartedChildWorkflow, SyncWorkflowContext, WorkflowContext,
};

use super::local_failure::LocalActivity;
use crate::{
    activity::{Activity, ActivityInput, ActivityOf},
    workflow::{RunInput, Workflow, WorkflowOf},
};

pub(super) type Cancellable<'a, T> = Pin<Box<dyn CancellableFuture<Output = T> + 'a>>;
pub(super) type CancellableWithReason<'a, T> = Pin<Box<dyn CancellableFutureWithReason<Output = T> + 'a>>;

pub(super) type ActivityResult<A> = Result<<A as Activity>::Output, ActivityExecutionError>;
pub(super) type StartedChild<W> = StartedChildWorkflow<WorkflowOf<W>>;
pub(super) type ChildStarted<W> = Result<StartedChild<W>, ChildWorkflowStartError>;

/// A context that may issue commands: that of a run method, a signal or an update handler.
///
/// A query, a validator and an init method get a `WorkflowContextView`, which is not one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot issue commands",
    label = "activities, timers and other workflows cannot be called from here",
    note = "a query, an update validator and an `#[init]` method only look; call from the run method, a signal or an update handler, with its `WorkflowContext`",
    note = "outside of workflows a client starts them: `Greeting::start(&client, ..)`"
)]
pub trait Commands: sealed::Sealed {
    #[doc(hidden)]
    fn schedule_activity<A: Activity>(
        &self,
        input: A::Arguments,
        options: ActivityOptions,
    ) -> Cancellable<'_, ActivityResult<A>>;
    #[doc(hidden)]
    fn schedule_local_activity<A: Activity>(
        &self,
        input: A::Arguments,
        options: LocalActivityOptions,
    ) -> Cancellable<'_, ActivityResult<A>>;
    #[doc(hidden)]
    fn start_child<W: Workflow>(
        &self,
        input: RunInput<W>,
        options: ChildWorkflowOptions,
    ) -> CancellableWithReason<'_, ChildStarted<W>>;
    #[doc(hidden)]
    fn external(&self, workflow_id: String, run_id: Option<String>) -> ExternalWorkflowHandle;
    #[doc(hidden)]
    fn unique_id(&self) -> String;
}

mod sealed {
    pub trait Sealed {}
    impl<W> Sealed for temporalio_workflow::WorkflowContext<W> {}
    impl<W> Sealed for temporalio_workflow::SyncWorkflowContext<W> {}
}

macro_rules! commands {
    ($context:ident) => {
        // The message above says which contexts there are.
        #[diagnostic::do_not_recommend]
        impl<State> Commands for $context<State> {
            fn schedule_activity<A: Activity>(
                &self,
                input: A::Arguments,
                options: ActivityOptions,
            ) -> Cancellable<'_, ActivityResult<A>> {
                Box::pin(self.execute_activity(ActivityOf::<A>::of(&input), ActivityInput::<A>(input), options))
            }

            fn schedule_local_activity<A: Activity>(
                &self,
                input: A::Arguments,
                options: LocalActivityOptions,
            ) -> Cancellable<'_, ActivityResult<A>> {
                let activity = ActivityOf::<A>::of(&input);
                let activity_type = activity.name().to_owned();
                let running = self.execute_local_activity(activity, ActivityInput::<A>(input), options);
                Box::pin(LocalActivity::new(running, self.payload_converter(), activity_type))
            }

            fn start_child<W: Workflow>(
                &self,
                input: RunInput<W>,
                options: ChildWorkflowOptions,
            ) -> CancellableWithReason<'_, ChildStarted<W>> {
                Box::pin(self.start_child_workflow(WorkflowOf::<W>::of(&input), input, options))
            }

            fn external(&self, workflow_id: String, run_id: Option<String>) -> ExternalWorkflowHandle {
                self.external_workflow(workflow_id, run_id)
            }

            fn unique_id(&self) -> String {
                self.uuid4()
            }
        }
    };
}

commands!(WorkflowContext);
commands!(SyncWorkflowContext);

/// [`Commands`] for one activity, so that a call need not name the type of its context.
pub(crate) trait Schedules<A: Activity> {
    fn schedule(&self, input: A::Arguments, options: ActivityOptions) -> Cancellable<'_, ActivityResult<A>>;
    fn schedule_local(&self, input: A::Arguments, options: LocalActivityOptions) -> Cancellable<'_, ActivityResult<A>>;
}

impl<C: Commands, A: Activity> Schedules<A> for C {
    fn schedule(&self, input: A::Arguments, options: ActivityOptions) -> Cancellable<'_, ActivityResult<A>> {
        self.schedule_activity::<A>(input, options)
    }

    fn schedule_local(&self, input: A::Arguments, options: LocalActivityOptions) -> Cancellable<'_, ActivityResult<A>> {
        self.schedule_local_activity::<A>(input, options)
    }
}

/// [`Commands`] for one child workflow type.
pub(super) trait StartsChild<W: Workflow> {
    fn start(&self, input: RunInput<W>, options: ChildWorkflowOptions) -> CancellableWithReason<'_, ChildStarted<W>>;
    fn external(&self, workflow_id: String, run_id: Option<String>) -> ExternalWorkflowHandle;
    fn unique_id(&self) -> String;
}

impl<C: Commands, W: Workflow> StartsChild<W> for C {
    fn start(&self, input: RunInput<W>, options: ChildWorkflowOptions) -> CancellableWithReason<'_, ChildStarted<W>> {
        self.start_child::<W>(input, options)
    }

    fn external(&self, workflow_id: String, run_id: Option<String>) -> ExternalWorkflowHandle {
        Commands::external(self, workflow_id, run_id)
    }

    fn unique_id(&self) -> String {
        Commands::unique_id(self)
    }
}
