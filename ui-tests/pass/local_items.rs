//! What a body declares itself is its own, whatever it is called.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        struct Instant;

        impl Instant {
            fn now() -> Self {
                Self
            }
        }

        mod rand {
            pub fn random() -> u8 {
                4
            }
        }

        mod std {
            pub mod fs {
                pub fn read(_name: &str) {}
            }
        }

        fn spawn() {}

        macro_rules! println {
            ($text:literal) => {
                let _ = $text;
            };
        }

        let _ = Instant::now();
        let _ = rand::random();
        std::fs::read("names");
        spawn();
        println!("hello");
        Ok(())
    }
}
