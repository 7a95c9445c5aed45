//! State from the input: with a view of the context, with all arguments, with none.

use durably::prelude::*;

#[workflow(task_queue = "q")]
pub struct WithArguments {
    host: String,
}

#[workflow]
impl WithArguments {
    #[init]
    fn new(_ctx: &WorkflowContextView, host: String, _count: u32) -> Self {
        Self { host }
    }

    #[run(id = "{host}-{count}")]
    async fn run(ctx: &WorkflowContext<Self>, host: String, count: u32) -> WorkflowResult<String> {
        Ok(format!("{host} {count} {}", ctx.state(|w| w.host.clone())))
    }
}

#[workflow(task_queue = "q")]
pub struct WithoutArguments;

#[workflow]
impl WithoutArguments {
    #[init]
    fn new() -> Self {
        Self
    }

    #[run(id = "{host}")]
    async fn run(host: String) -> WorkflowResult<()> {
        drop(host);
        Ok(())
    }
}

#[workflow(task_queue = "q")]
pub struct OnlyInit {
    host: String,
}

#[workflow]
impl OnlyInit {
    #[init]
    fn new(host: String) -> OnlyInit {
        OnlyInit { host }
    }

    #[run(id = "only")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<String> {
        Ok(ctx.state(|w| w.host.clone()))
    }
}
