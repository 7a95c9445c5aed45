//! Values that an option does not take.

use durably::prelude::*;

#[workflow(
    run_timeout = 10,
    task_timeout = "ten seconds",
    execution_timeout = "0s",
    id_reuse_policy = AllowDuplicates,
    id_conflict_policy = "Use",
    crate = 1,
    retry_policy(
        maximum_attempts = 0,
        backoff_coefficient = 0.5,
        initial_interval = "1m",
        maximum_interval = "1s",
        non_retryable_error_types = "Refused"
    )
)]
#[derive(Default)]
struct Greeting;

#[workflow(rename_all = "Title Case")]
impl Greeting {
    #[run]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }
}

#[activity(
    stub = "not a name",
    start_to_close_timeout = "10",
    retry_policy(maximum_attempts = -1, backoff_coefficient = "2", non_retryable_error_types(""))
)]
async fn compose() {}

#[activity(heartbeat_timeout = "1m", start_to_close_timeout = "10s", schedule_to_close_timeout = "5s")]
async fn pay() {}

#[workflow(run_timeout = "2h", execution_timeout = "1h")]
struct Order;

fn main() {}
