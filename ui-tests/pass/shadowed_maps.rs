//! A variable is what its last declaration says.

use std::collections::{HashMap, HashSet};

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let votes = HashMap::from([("Ada", 1)]);
        let count = votes.len();
        let votes = vec![count];
        let _ = votes.iter().sum::<usize>();
        let names = HashSet::from(["Ada"]);
        if let Some(names) = Some(vec![names.len()]) {
            let _ = names.iter().count();
        }
        let each = |names: &[u8]| names.iter().count();
        let _ = each(&[]);
        match vec![1] {
            names => {
                let _ = names.iter().count();
            }
        }
        Ok(())
    }
}
