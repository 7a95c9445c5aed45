//! Randomness comes from the context.

use std::hash::RandomState;

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let _: u8 = rand::random();
        let _ = uuid::Uuid::new_v4();
        let _ = std::hash::RandomState::new();
        let _ = RandomState::new();
        Ok(())
    }
}

mod rand {
    pub fn random() -> u8 {
        4
    }
}

mod uuid {
    pub struct Uuid;

    impl Uuid {
        pub fn new_v4() -> Self {
            Uuid
        }
    }
}

fn main() {}
