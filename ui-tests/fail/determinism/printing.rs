//! What is printed is printed again at each replay.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        println!("hello");
        eprint!("hello");
        let _ = dbg!(1);
        std::println!("hello");
        Ok(())
    }

    #[query]
    fn pending(&self) -> u32 {
        println!("asked");
        0
    }

    fn helper() {
        eprintln!("helps");
    }
}

fn main() {}
