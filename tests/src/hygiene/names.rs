//! Arguments and items that are called as generated code might call its own.
#![allow(clippy::self_named_constructors)]

use durably::prelude::*;

/// A workflow whose arguments are called like parts of the expansion.
#[workflow(task_queue = "names")]
#[derive(Default)]
pub struct Names {
    seen: Vec<String>,
}

#[workflow]
impl Names {
    /// Runs.
    #[allow(clippy::too_many_arguments)]
    #[run(id = "{client}-{context}-{id}")]
    async fn run(
        self_: &WorkflowContext<Self>,
        ctx: String,
        input: String,
        args: String,
        client: String,
        context: String,
        id: String,
        workflow: u8,
        workflow_id: String,
        registry: String,
        name: String,
        arguments: String,
        handle: String,
        run: u8,
        receiver: Vec<u8>,
    ) -> WorkflowResult<Vec<String>> {
        let numbers = format!("{workflow} {run} {receiver:?}");
        let all = [ctx, input, args, client, context, id, workflow_id, registry, name, arguments, handle, numbers];
        let said = context::execute(self_, all.join(" "), "and".to_owned(), 7).await?;
        let owner = NamesOwner::activities(self_).arguments("c", "x", "r", 8).await?;
        let mut seen = self_.state(|w| w.seen.clone());
        seen.extend([said, owner]);
        Ok(seen)
    }

    #[signal]
    fn note(&mut self, ctx: &SyncWorkflowContext<Self>, context: String, workflow: String, name: String) {
        self.seen.push(format!("{} {context} {workflow} {name}", ctx.task_queue()));
    }

    #[signal]
    async fn later(input: &WorkflowContext<Self>, context: String, self_: String, workflow: u8) {
        input.state_mut(|w| w.seen.push(format!("{context} {self_} {workflow}")));
    }

    #[query]
    fn look(&self, args: &WorkflowContextView, context: String, workflow: u8) -> String {
        format!("{} {context} {workflow}", args.workflow_type())
    }

    #[update]
    fn change(&mut self, context: String, workflow: String) -> String {
        format!("{context} {workflow}")
    }

    #[update_validator(change)]
    fn check(&self, _view: &WorkflowContextView, context: &str, workflow: &str) -> Result<(), ApplicationFailure> {
        match context == workflow {
            true => Err(ApplicationFailure::non_retryable("alike")),
            false => Ok(()),
        }
    }
}

/// An activity with the name of a generated argument, and one argument of its own name.
#[activity(start_to_close_timeout = "10s")]
pub async fn context(context: String, arguments: String, receiver: u8) -> String {
    format!("{context} {arguments} {receiver}")
}

/// The same for one on the blocking pool.
#[activity(start_to_close_timeout = "10s")]
pub fn execute(execute: String, ctx: &ActivityContext, context: String) -> String {
    format!("{execute} {context} {}", ctx.info().attempt)
}

/// Owns activities.
pub struct NamesOwner;

#[activities]
impl NamesOwner {
    /// With arguments called like a generated field and a generated parameter.
    #[activity(start_to_close_timeout = "10s")]
    pub async fn arguments(&self, context: String, arguments: String, receiver: String, method: u8) -> String {
        format!("{context} {arguments} {receiver} {method}")
    }

    /// Named like a generated parameter, and so is its argument.
    #[activity(start_to_close_timeout = "10s")]
    pub fn registry(registry: String) -> String {
        registry
    }
}
