//! What a macro is given is read as well.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let _ = vec![std::time::Instant::now()];
        let _ = format!("{:?}", std::env::var("HOME"));
        assert!(std::time::SystemTime::now().elapsed().is_ok());
        select! {
            _ = ctx.timer({
                std::thread::sleep(Duration::from_secs(1));
                Duration::from_secs(1)
            }) => {}
            _ = ctx.timer(Duration::from_secs(2)) => {
                let _ = std::fs::read("names");
            }
        }
        own!(std::env::var("HOME") => 1);
        Ok(())
    }
}

macro_rules! own {
    ($value:expr => $other:expr) => {
        let _ = ($value, $other);
    };
}
use own;

fn main() {}
