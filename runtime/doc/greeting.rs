// What the examples in the documentation call; they include it out of sight.

/// Greets everyone on its list, once the list is closed.
#[workflow(task_queue = "greetings")]
#[derive(Default)]
pub struct Greeting {
    names: Vec<String>,
    closed: bool,
}

#[workflow]
impl Greeting {
    #[run(id = "greeting-{host}")]
    async fn run(ctx: &WorkflowContext<Self>, host: String) -> WorkflowResult<Vec<String>> {
        ctx.wait_condition(|w| w.closed).await?;
        let mut said = Vec::new();
        for name in ctx.state(|w| w.names.clone()) {
            said.push(compose_greeting::execute(ctx, &host, name).await?);
        }
        Ok(said)
    }

    #[signal]
    fn submit_greeting(&mut self, name: String) {
        self.names.push(name);
    }

    #[signal(name = "exit")]
    fn close(&mut self) {
        self.closed = true;
    }

    #[query]
    fn pending(&self) -> usize {
        self.names.len()
    }

    #[update]
    fn rename(&mut self, from: String, to: String) -> usize {
        let renamed = self.names.iter_mut().filter(|name| **name == from);
        renamed.map(|name| name.clone_from(&to)).count()
    }
}

/// What one says to another.
#[activity(start_to_close_timeout = "10s")]
pub async fn compose_greeting(host: String, name: String) -> ActivityResult<String> {
    Ok(format!("{host} greets {name}"))
}

/// Has no timeout of its own.
#[activity]
pub fn render(text: String) -> Vec<u8> {
    text.into_bytes()
}
