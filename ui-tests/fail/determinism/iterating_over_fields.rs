//! A field of the state that is iterated has to have an order.

use std::collections::{HashMap, HashSet};

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting {
    votes: HashMap<String, u32>,
    names: HashSet<String>,
    list: Vec<u32>,
}

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        ctx.state(|w| w.votes.values().sum::<u32>());
        ctx.wait_condition(|w| w.names.iter().any(|name| name == "Ada")).await?;
        Ok(())
    }

    #[signal]
    fn tally(&mut self) {
        for (_, votes) in &mut self.votes {
            *votes += 1;
        }
    }

    #[query]
    fn names(&self) -> Vec<String> {
        self.names.iter().cloned().collect()
    }

    #[query]
    fn votes_of(&self, name: String) -> u32 {
        self.votes.get(&name).copied().unwrap_or_default() + self.list.iter().sum::<u32>()
    }
}

fn main() {}
