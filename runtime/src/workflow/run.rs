//! Running a workflow's run method.

use futures_util::future::LocalBoxFuture;
use temporalio_common::data_converters::{
    PayloadConversionError, SerializationContext, SerializationContextData, WorkflowSerializationContext,
};
use temporalio_workflow::{WorkflowContext, WorkflowTermination, workflow_interceptors::WorkflowOutputValue};

use super::{RunInput, Workflow};
use crate::outcome::{Outcome, finish_run};

type RunFuture = LocalBoxFuture<'static, Result<Box<dyn WorkflowOutputValue>, WorkflowTermination>>;

/// What the run method of `W` returns.
type Returned<W> = <<W as Workflow>::Outcome as Outcome>::Returned;

/// Runs `method` with the arguments of the workflow.
pub fn run<W: Workflow>(
    context: WorkflowContext<W>,
    input: Option<RunInput<W>>,
    method: fn(WorkflowContext<W>, W::Arguments) -> LocalBoxFuture<'static, Returned<W>>,
) -> RunFuture {
    Box::pin(async move {
        let arguments = match input.and_then(RunInput::into_result) {
            Some(Ok(arguments)) => arguments,
            Some(Err(error)) => return fail_task(&context, error).await,
            // `init` took them: both see the same payloads.
            None => decode_again(&context)?,
        };
        finish::<W>(method(context, arguments).await)
    })
}

/// Runs `method`, which takes no arguments.
pub fn run_without_arguments<W: Workflow>(
    context: WorkflowContext<W>,
    input: Option<RunInput<W>>,
    method: fn(WorkflowContext<W>) -> LocalBoxFuture<'static, Returned<W>>,
) -> RunFuture {
    Box::pin(async move {
        if let Some(Err(error)) = input.and_then(RunInput::into_result) {
            return fail_task(&context, error).await;
        }
        finish::<W>(method(context).await)
    })
}

/// Fails the workflow task, which is tried again, and not the workflow.
async fn fail_task<W, T>(context: &WorkflowContext<W>, error: PayloadConversionError) -> T {
    context.force_task_fail(error);
    std::future::pending().await
}

fn finish<W: Workflow>(returned: Returned<W>) -> Result<Box<dyn WorkflowOutputValue>, WorkflowTermination> {
    Ok(Box::new(finish_run::<W::Outcome>(returned)?))
}

fn decode_again<W: Workflow>(context: &WorkflowContext<W>) -> Result<W::Arguments, PayloadConversionError> {
    let data = SerializationContextData::Workflow(WorkflowSerializationContext::new());
    let serialization = SerializationContext::new(&data, context.payload_converter());
    RunInput::<W>::decode(context.info().into_raw().arguments, &serialization)
}
