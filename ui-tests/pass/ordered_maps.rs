//! What has an order may be gone through.

use std::collections::{BTreeMap, VecDeque};

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting {
    waiting: VecDeque<String>,
    done: BTreeMap<String, u32>,
}

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let names = BTreeMap::from([("Ada", 1)]);
        for (_, _) in &names {}
        let list: Vec<_> = names.keys().collect();
        let _ = list.iter().count();
        let tuple = (1, 2);
        let _ = Some(tuple).iter().count();
        let array = [1, 2, 3];
        for _ in array {}
        let range = 0..3;
        for _ in range {}
        let made = Order::new();
        let _ = made.iter().count();
        let parsed: Result<u8, _> = "1".parse::<u8>();
        let _ = parsed.iter().next();
        let inferred: Vec<u8> = Default::default();
        let _ = inferred.iter().next();
        let later = "1 2".split(' ').map(str::to_owned).collect();
        let later = Self::sorted(later);
        let _ = later.iter().next();
        let _ = ctx.state(|w| w.waiting.iter().count() + w.done.values().count());
        Ok(())
    }

    fn sorted(mut names: Vec<String>) -> Vec<String> {
        names.sort();
        names
    }

    #[query]
    fn first(&self) -> Option<String> {
        self.waiting.iter().next().cloned()
    }
}

struct Order(Vec<u8>);

impl Order {
    fn new() -> Self {
        Self(Vec::new())
    }

    fn iter(&self) -> std::slice::Iter<'_, u8> {
        self.0.iter()
    }
}
