//! The first workflow: start it, signal it, query it, update it, await its result.
//!
//! What one learns: a struct is a workflow's state, the methods of its impl are what it answers to, and every call from a
//! client is a method of a typed handle.
//!
//! ```text
//! worker:  polls task queue `greetings`
//! start:   workflow `greeting-Ada`
//! signal:  submit_greeting("Grace")
//! signal:  submit_greeting("Hedy")
//! query:   pending() = 2
//! update:  rename("Hedy", "Hedwig") = 1
//! update:  rename("Hedwig", ""): the update failed: nobody has an empty name
//! signal:  close()
//! result:  ["Ada greets Grace", "Ada greets Hedwig"]
//! ```

use durably::prelude::*;

/// Greets everyone on its list, once the list is closed.
#[workflow(task_queue = "greetings")]
#[derive(Default)]
pub struct Greeting {
    names: Vec<String>,
    closed: bool,
}

#[workflow]
impl Greeting {
    /// `host` is who greets; the result is what was said.
    #[run(id = "greeting-{host}")]
    async fn run(ctx: &WorkflowContext<Self>, host: String) -> WorkflowResult<Vec<String>> {
        ctx.wait_condition(|w| w.closed).await?;
        let mut said = Vec::new();
        for name in ctx.state_mut(|w| std::mem::take(&mut w.names)) {
            said.push(compose_greeting::execute(ctx, &host, name).await?);
        }
        Ok(said)
    }

    /// Puts a name on the list.
    #[signal]
    fn submit_greeting(&mut self, name: String) {
        self.names.push(name);
    }

    /// Closes the list. Other languages know this signal as `exit`.
    #[signal(name = "exit")]
    fn close(&mut self) {
        self.closed = true;
    }

    /// How many are on the list.
    #[query]
    fn pending(&self) -> usize {
        self.names.len()
    }

    /// Renames everyone on the list who is called `from`; says how many that were.
    #[update]
    fn rename(&mut self, from: String, to: String) -> usize {
        let renamed = self.names.iter_mut().filter(|name| **name == from);
        renamed.map(|name| name.clone_from(&to)).count()
    }

    /// Runs before `rename`, which never happened if this refuses.
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
    let client = durably::client().await?;
    let worker = Worker::new(&client, "greetings").workflow::<Greeting>().activity::<compose_greeting>().start()?;
    println!("worker:  polls task queue `{}`", worker.task_queue());

    let greeting = Greeting::start(&client, "Ada").await?;
    println!("start:   workflow `{}`", greeting.workflow_id());

    for name in ["Grace", "Hedy"] {
        greeting.submit_greeting(name).await?;
        println!("signal:  submit_greeting({name:?})");
    }
    println!("query:   pending() = {}", greeting.pending().await?);

    let renamed = greeting.rename("Hedy", "Hedwig").await?;
    println!("update:  rename(\"Hedy\", \"Hedwig\") = {renamed}");
    if let Err(refused) = greeting.rename("Hedwig", "").await {
        println!("update:  rename(\"Hedwig\", \"\"): {}", refused.kind);
    }

    greeting.close().await?;
    println!("signal:  close()");

    let said = greeting.result().await?;
    println!("result:  {said:?}");

    worker.shutdown().await?;
    Ok(())
}
