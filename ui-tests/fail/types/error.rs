//! What a run method, a handler and an activity may fail with.

use durably::prelude::*;

#[derive(Debug)]
struct NotAnError;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run() -> Result<(), NotAnError> {
        Ok(())
    }

    #[query]
    fn pending(&self) -> Result<usize, NotAnError> {
        Ok(0)
    }

    #[update]
    fn rename(&mut self) -> Result<(), NotAnError> {
        Ok(())
    }

    #[update]
    async fn close() -> Result<(), NotAnError> {
        Ok(())
    }

    #[update_validator(rename)]
    fn check_rename(&self) -> Result<(), NotAnError> {
        Ok(())
    }
}

#[activity]
async fn compose() -> Result<(), NotAnError> {
    Ok(())
}

#[activity]
fn blocking() -> Result<(), NotAnError> {
    Ok(())
}

struct Mailer;

#[activities]
impl Mailer {
    #[activity]
    async fn send(&self) -> Result<(), NotAnError> {
        Ok(())
    }
}

fn main() {}
