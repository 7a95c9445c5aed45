//! A `HashMap` goes by another order each time, however it is called and made.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let whole = std::collections::HashMap::from([("a", 1)]);
        for (_, _) in &whole {}
        let annotated: std::collections::HashSet<u8> = (0..3).collect();
        let _ = annotated.iter().max();
        {
            use std::collections::HashMap as Map;
            let mut imported = Map::new();
            imported.insert(1, 2);
            let _ = imported.drain();
        }
        Ok(())
    }
}

fn main() {}
