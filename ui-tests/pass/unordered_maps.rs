//! Maps without an order that nobody goes through.

use std::collections::{HashMap, HashSet};

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting {
    votes: HashMap<String, u32>,
    seen: HashSet<String>,
}

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let mut local = HashMap::new();
        local.insert("Ada", 1);
        let _ = local.get("Ada").copied().unwrap_or_default();
        let whole: std::collections::HashMap<u8, u8> = [(1, 2)].into();
        let _ = (whole.len(), whole.contains_key(&1), whole[&1]);
        let _ = ctx.state(|w| w.votes.get("Ada").copied());
        ctx.state_mut(|w| w.votes.retain(|_, votes| *votes > 0));
        Ok(())
    }

    #[signal]
    fn vote(&mut self, name: String, given: HashSet<u8>) {
        if self.seen.insert(name.clone()) && given.contains(&1) {
            *self.votes.entry(name).or_default() += 1;
        }
    }

    #[query]
    fn votes(&self) -> HashMap<String, u32> {
        self.votes.clone()
    }
}
