use durably::prelude::*;

#[workflow(task_queue = "greetings")]
#[derive(Default)]
pub struct Greeting {
    pending: VecDeque<String>,
    closed: bool,
}

#[workflow]
impl Greeting {
    #[run(id = "greeting-{host}")]
    async fn run(ctx: &WorkflowContext<Self>, host: String) -> WorkflowResult<Vec<String>> {
        ctx.wait_condition(|w| w.closed).await?;
        Ok(ctx.state(|w| w.pending.iter().map(|name| format!("{host} greets {name}")).collect()))
    }

    /// Puts a name on the list.
    #[signal]
    fn submit_greeting(&mut self, name: String) {
        self.pending.push_back(name);
    }

    #[signal(name = "exit")]
    fn close(&mut self) {
        self.closed = true;
    }

    #[query]
    fn pending(&self) -> usize {
        self.pending.len()
    }
}
