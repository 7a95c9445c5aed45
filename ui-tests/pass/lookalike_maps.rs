//! Maps of one's own that are generic, as those of the standard library are.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting {
    votes: HashMap<String, u32>,
}

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let mut votes = HashMap::new();
        votes.insert("Ada", 1);
        for (_, count) in votes.iter() {
            let _: &i32 = count;
        }
        let annotated: HashMap<u8, u8> = HashMap::new();
        let _ = annotated.iter().count();
        let _ = ctx.state(|w| w.votes.iter().count());
        Ok(())
    }
}

/// In the order of insertion.
pub struct HashMap<K, V>(Vec<(K, V)>);

impl<K, V> Default for HashMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V> HashMap<K, V> {
    fn new() -> Self {
        Self(Vec::new())
    }

    fn insert(&mut self, key: K, value: V) {
        self.0.push((key, value));
    }

    fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }
}
