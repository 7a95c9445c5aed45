//! User types with the names that generated code could be tempted to use.

use ::durably::prelude::*;

#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Signal;
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Query;
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Start;
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Outcome;
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Argument;
pub struct Some;
pub struct Option;
pub struct Box;
pub mod std {}
pub mod durably {}

#[workflow(task_queue = "q")]
#[derive(Default)]
pub struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>, start: Start, argument: Argument) -> WorkflowResult<Outcome> {
        let _ = (start, argument);
        Ok(compose::execute(ctx, Query).await?)
    }

    #[signal]
    fn submit(&mut self, signal: Signal) {
        let _ = signal;
    }

    #[query]
    fn ask(&self, query: Query) -> Query {
        query
    }
}

#[activity(start_to_close_timeout = "1s")]
async fn compose(query: Query) -> ActivityResult<Outcome> {
    let _ = query;
    Ok(Outcome)
}
