//! The first workflow: start it, signal it, query it, update it, await its result.
//!
//! What one learns: a struct is a workflow's state, the methods of its impl are what it answers to, and every call from a
//! client is a method of a typed handle.

use std::collections::VecDeque;

use durably::prelude::*;

/// Greets whoever it is told to, until it is closed.
#[workflow(task_queue = "greetings")]
#[derive(Default)]
pub struct Greeting {
    pending: VecDeque<String>,
    closed: bool,
}

#[workflow]
impl Greeting {
    /// `host` greets, until `close` comes; the result is what was said.
    #[run(id = "greeting-{host}")]
    async fn run(ctx: &WorkflowContext<Self>, host: String) -> WorkflowResult<Vec<String>> {
        let mut sent = Vec::new();
        loop {
            ctx.wait_condition(|w| w.closed || !w.pending.is_empty()).await?;
            let Some(name) = ctx.state_mut(|w| w.pending.pop_front()) else { return Ok(sent) };
            sent.push(compose_greeting::execute(ctx, host.clone(), name).await?);
        }
    }

    /// Puts a name on the list.
    #[signal]
    fn submit_greeting(&mut self, name: String) {
        self.pending.push_back(name);
    }

    /// Ends the workflow once everyone on the list has been greeted.
    #[signal(name = "exit")]
    fn close(&mut self) {
        self.closed = true;
    }

    /// How many still wait.
    #[query]
    fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Renames whoever still waits under `from`; says how many that were.
    #[update]
    fn rename(&mut self, from: String, to: String) -> usize {
        let renamed = self.pending.iter_mut().filter(|name| **name == from);
        renamed.map(|name| name.clone_from(&to)).count()
    }

    #[update_validator(rename)]
    fn check_rename(&self, _from: &str, to: &str) -> Result<(), ApplicationFailure> {
        if to.is_empty() {
            return Err(ApplicationFailure::non_retryable("nobody has an empty name"));
        }
        Ok(())
    }
}

/// What one says to another.
#[activity(start_to_close_timeout = "10s", retry_policy(maximum_attempts = 5, initial_interval = "1s"))]
async fn compose_greeting(host: String, name: String) -> ActivityResult<String> {
    Ok(format!("{host} greets {name}"))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = durably_examples::server()?;
    let client = durably::client().address(server.address()).await?;
    let worker = Worker::new(&client, "greetings").workflow::<Greeting>().activity::<compose_greeting>().start()?;
    println!("worker:  polls task queue `{}`", worker.task_queue());

    let greeting = Greeting::start(&client, "Ada").await?;
    println!("start:   workflow `{}`", greeting.workflow_id());

    greeting.submit_greeting("Grace").await?;
    println!("signal:  submit_greeting(\"Grace\")");

    println!("query:   pending() = {}", greeting.pending().await?);

    let renamed = greeting.rename("Hedy", "Hedwig").await?;
    println!("update:  rename(\"Hedy\", \"Hedwig\") = {renamed}");
    if let Err(error) = greeting.rename("Hedy", "").await {
        println!("update:  rename(\"Hedy\", \"\") is refused: {error}");
    }

    greeting.close().await?;
    println!("signal:  close()");

    let sent = greeting.result().await?;
    println!("result:  {sent:?}");

    worker.shutdown().await?;
    Ok(())
}
