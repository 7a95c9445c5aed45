//! What returns a failure together with errors that it cannot have.

use durably::prelude::*;

#[derive(Debug, Failure)]
enum PaymentError {
    #[failure(message = "declined")]
    Declined,
}

#[derive(Debug)]
struct NotAnError;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Sale;

#[workflow]
impl Sale {
    #[run(id = "sale")]
    async fn run() -> Result<(), Failed<PaymentError, NotAnError>> {
        Ok(())
    }

    #[update]
    fn pay(&mut self) -> Result<(), Failed<PaymentError, NotAnError>> {
        Ok(())
    }
}

#[activity]
async fn charge() -> Result<(), Failed<PaymentError, NotAnError>> {
    Ok(())
}

/// Not a failure, though it has its place.
#[activity]
async fn refund() -> Result<(), Failed<std::fmt::Error, ActivityError>> {
    Ok(())
}

fn main() {}
