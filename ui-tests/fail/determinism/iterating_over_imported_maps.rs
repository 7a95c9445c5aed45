//! The compiler tells a `HashMap` that is imported in the file, an alias, and a parameter.

use std::collections::{HashMap, HashMap as Map, HashSet};

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let mut made = HashMap::new();
        made.insert("a", 1);
        for (_, count) in &made {
            let _: &i32 = count;
        }
        let collected: Names = [String::new()].into_iter().collect();
        let _ = collected.iter().next();
        let renamed: Map<_, _> = [(1, 2)].into();
        let _ = renamed.values().next();
        Ok(())
    }

    #[signal]
    fn count(&mut self, votes: HashMap<String, u32>) {
        let _ = votes.keys().next();
    }

    fn borrowed(names: &Names) -> Option<&String> {
        names.iter().next()
    }
}

type Names = HashSet<String>;

fn main() {}
