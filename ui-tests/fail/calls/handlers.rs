//! A signal, a query or an update on a handle takes what its method takes and gives what it gives.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }

    #[signal]
    fn submit(&mut self, _name: String, _times: u32) {}

    #[query]
    fn pending(&self, _prefix: String) -> usize {
        0
    }

    #[update]
    fn rename(&mut self, _from: String, _to: String) -> Result<u32, ApplicationFailure> {
        Ok(0)
    }
}

async fn drive(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let greeting = Greeting::start(client).await?;
    greeting.submit("Ada", "twice").await?;
    greeting.submit("Ada").await?;
    let waiting: String = greeting.pending("A").await?;
    greeting.pending(3).await?;
    let renamed: Result<u32, ApplicationFailure> = greeting.rename("Ada", "Eve").await?;
    greeting.rename("Ada", "Eve", "Bob").accepted().await?;
    let result: String = greeting.result().await?;
    Ok(())
}

fn main() {}
