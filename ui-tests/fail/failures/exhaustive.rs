//! Whoever matches on a failure matches on all of it.

use durably::prelude::*;

#[derive(Debug, Failure)]
enum PaymentError {
    #[failure(message = "declined")]
    Declined,
    #[failure(message = "busy")]
    Busy,
}

#[activity(start_to_close_timeout = "10s")]
async fn charge() -> Result<u32, PaymentError> {
    Ok(1)
}

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Sale;

#[workflow]
impl Sale {
    #[run(id = "sale")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<u32> {
        match charge::execute(ctx).await {
            Ok(receipt) => Ok(receipt),
            Err(Failed::Declared(PaymentError::Declined)) => Ok(0),
            Err(Failed::Other(error)) => Err(error.into()),
        }
    }
}

fn main() {}
