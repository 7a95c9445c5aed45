//! Times of Temporal, and reckoning with them.

use std::time::{SystemTime, UNIX_EPOCH};

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let now: Option<SystemTime> = ctx.workflow_time();
        let began = now.unwrap_or(SystemTime::UNIX_EPOCH);
        let _ = began.duration_since(UNIX_EPOCH);
        let _ = std::time::Duration::from_secs(1) + Duration::from_millis(1);
        ctx.timer(Duration::from_secs(1)).await;
        let _ = (ctx.random::<u64>(), ctx.uuid4());
        let _ = began.checked_add(Duration::from_secs(1));
        Ok(())
    }
}
