//! `#[durably::allow]` where nothing reads it.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let _ = (
            1,
            #[durably::allow(nondeterminism, reason = "none")]
            2,
        );
        Ok(())
    }

    #[durably::allow(nondeterminism, reason = "none")]
    const LIMIT: u32 = 3;
}

#[durably::allow(nondeterminism, reason = "none")]
fn helper() {}

#[activity]
async fn compose() {
    #[durably::allow(nondeterminism, reason = "none")]
    let _ = std::time::Instant::now();
}

struct Mailer;

#[activities]
impl Mailer {
    #[activity]
    #[durably::allow(nondeterminism, reason = "none")]
    async fn send(&self) {}
}

#[workflow]
#[durably::allow(nondeterminism, reason = "none")]
struct Order;

fn main() {}
