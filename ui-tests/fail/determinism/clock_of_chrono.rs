//! The clocks of crates, which a module of the same name stands for here: paths are told by how they are written.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let _ = chrono::Utc::now();
        let _ = chrono::Local::now();
        {
            use chrono::{Utc, offset::Local};
            let _ = Utc::now().timestamp();
            let _ = Local::now();
        }
        Ok(())
    }
}

mod chrono {
    pub use self::offset::{Local, Utc};

    pub mod offset {
        pub struct Utc;
        pub struct Local;

        impl Utc {
            pub fn now() -> Self {
                Utc
            }

            pub fn timestamp(&self) -> i64 {
                0
            }
        }

        impl Local {
            pub fn now() -> Self {
                Local
            }
        }
    }
}

fn main() {}
