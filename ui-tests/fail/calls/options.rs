//! Each call has its own options: those of the server are not for local activities, those of a start not for a child.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        compose::execute(ctx).heartbeat_timeout(Duration::from_secs(1)).local().await?;
        compose::execute(ctx).task_queue("other").local().await?;
        compose::execute(ctx).local().heartbeat_timeout(Duration::from_secs(1)).await?;
        compose::execute(ctx).id("compose-1").await?;
        compose::execute(ctx).start_to_close_timeout("10s").await?;
        Greeting::child(ctx).id_conflict_policy(durably::WorkflowIdConflictPolicy::Fail).await?;
        Ok(())
    }
}

#[activity(start_to_close_timeout = "1s")]
async fn compose() {}

async fn drive(client: &Client) {
    let _ = Greeting::start(client).workflow_id("greeting").await;
    let _ = Greeting::start(client).run_timeout(60).await;
    let _ = Greeting::start(client).parent_close_policy(durably::ParentClosePolicy::Abandon).await;
}

fn main() {}
