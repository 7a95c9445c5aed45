//! `#[durably::allow]` names what it allows, and why.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        #[durably::allow]
        let _ = std::time::Instant::now();
        #[durably::allow()]
        let _ = std::time::Instant::now();
        #[durably::allow(nondeterminism)]
        let _ = std::time::Instant::now();
        #[durably::allow(nondeterminism, reason = "")]
        let _ = std::time::Instant::now();
        #[durably::allow(nondeterminism, reason)]
        let _ = std::time::Instant::now();
        #[durably::allow(nondeterminism, reason = 3)]
        let _ = std::time::Instant::now();
        #[durably::allow(nondeterminsm, reason = "typo")]
        let _ = std::time::Instant::now();
        #[durably::allow(reason = "why not")]
        let _ = std::time::Instant::now();
        #[durably::allow = "nondeterminism"]
        let _ = std::time::Instant::now();
        #[allow(nondeterminism)]
        let _ = std::time::Instant::now();
        Ok(())
    }
}

fn main() {}
