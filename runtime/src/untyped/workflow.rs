//! A workflow whose type is not known.

use std::{any::Any, marker::PhantomData};

use futures_util::future::LocalBoxFuture;
use temporalio_common::error::ApplicationFailure;
use temporalio_workflow::{
    SyncWorkflowContext, WorkflowContext, WorkflowContextView, WorkflowTermination,
    workflow_interceptors::WorkflowOutputValue,
    workflows::{ExecutableSyncSignal, WorkflowDefinitionDescriptor, WorkflowError, WorkflowImplementation},
};

use super::{UntypedArguments, UntypedChild, UntypedExternal, UntypedHandle};
use crate::{
    RawValue,
    arguments::ArgumentValue,
    failure::{Nothing, Undeclared},
    outcome::Split,
    table::{HandlerTable, WorkflowDefaults, WorkflowTable, WorkflowTypeTable},
    typestate::{MissingId, MissingTaskQueue},
    workflow::{
        QueryHandler, RunInput, SignalHandler, SyncCall, SyncHandler, UpdateHandler, Workflow, WorkflowOf,
        WorkflowType, definition, dispatch_query, dispatch_signal, dispatch_update, validate_update,
    },
};

/// A workflow that is called by its name and results in an `O`. No worker runs it: it stands for one that runs elsewhere.
pub struct UntypedWorkflow<O = RawValue>(PhantomData<fn() -> O>);

const TYPE: &WorkflowTypeTable = &WorkflowTypeTable {
    name: "",
    rust_path: "durably::untyped::UntypedWorkflow",
    docs: "",
    defaults: WorkflowDefaults::NONE,
};

const TABLE: &WorkflowTable = &WorkflowTable {
    workflow: TYPE,
    run: HandlerTable { name: None, method: "run", arguments: &[], output: "", docs: "", validated: false },
    signals: &[],
    queries: &[],
    updates: &[],
};

// What is no workflow of the user's is not meant to be this one.
#[diagnostic::do_not_recommend]
impl<O: ArgumentValue> WorkflowType for UntypedWorkflow<O> {
    const TYPE: &'static WorkflowTypeTable = TYPE;
    type TaskQueue = MissingTaskQueue;
    type Handle = UntypedHandle<O>;
    type Child = UntypedChild<O>;
    type External = UntypedExternal<O>;
}

#[diagnostic::do_not_recommend]
impl<O: ArgumentValue> Workflow for UntypedWorkflow<O> {
    const TABLE: &'static WorkflowTable = TABLE;
    type Id = MissingId;
    type Arguments = UntypedArguments;
    type Output = O;
    type Failure = Undeclared;
    type Error = Nothing;
    type Outcome = Split<O, false>;

    fn called(arguments: &UntypedArguments) -> Option<String> {
        Some(arguments.name())
    }

    const SIGNALS: &'static [&'static dyn SignalHandler<Self>] = &[];
    const QUERIES: &'static [&'static dyn QueryHandler<Self>] = &[];
    const UPDATES: &'static [&'static dyn UpdateHandler<Self>] = &[];
}

impl<O: ArgumentValue> ExecutableSyncSignal<SyncHandler<Self>> for UntypedWorkflow<O> {
    fn handle(&mut self, context: &mut SyncWorkflowContext<Self>, input: SyncCall<Self>) {
        input.call(self, context);
    }
}

// A call asks for what a worker would run. There is nothing: whoever registers it runs a workflow that fails.
impl<O: ArgumentValue> WorkflowImplementation for UntypedWorkflow<O> {
    type Run = WorkflowOf<Self>;
    const HAS_INIT: bool = false;
    const INIT_TAKES_INPUT: bool = false;

    fn name() -> &'static str {
        TYPE.name
    }

    fn definition() -> WorkflowDefinitionDescriptor {
        definition::<Self>()
    }

    fn init(_: WorkflowContextView, _: Option<RunInput<Self>>) -> Self {
        Self(PhantomData)
    }

    fn run(
        _: WorkflowContext<Self>,
        _: Option<RunInput<Self>>,
    ) -> LocalBoxFuture<'static, Result<Box<dyn WorkflowOutputValue>, WorkflowTermination>> {
        let failure = ApplicationFailure::non_retryable("an untyped workflow stands for one that runs elsewhere");
        Box::pin(std::future::ready(Err(failure.into())))
    }

    fn dispatch_signal(
        context: WorkflowContext<Self>,
        name: &str,
        input: Box<dyn Any>,
    ) -> LocalBoxFuture<'static, Result<(), WorkflowError>> {
        dispatch_signal(context, name, input)
    }

    fn dispatch_query(
        &self,
        context: WorkflowContextView,
        name: &str,
        input: Box<dyn Any>,
    ) -> Result<Box<dyn WorkflowOutputValue>, WorkflowError> {
        dispatch_query(self, &context, name, input)
    }

    fn dispatch_update(
        context: WorkflowContext<Self>,
        name: &str,
        input: Box<dyn Any>,
    ) -> LocalBoxFuture<'static, Result<Box<dyn WorkflowOutputValue>, WorkflowError>> {
        dispatch_update(context, name, input)
    }

    fn validate_update(
        &self,
        context: WorkflowContextView,
        name: &str,
        input: Box<dyn Any>,
    ) -> Result<(), WorkflowError> {
        validate_update(self, &context, name, input)
    }
}
