//! Outputs travel too.

use durably::prelude::*;

struct Plain;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run() -> WorkflowResult<Plain> {
        Ok(Plain)
    }

    #[query]
    fn pending(&self) -> Plain {
        Plain
    }

    #[update]
    fn rename(&mut self) -> Result<Plain, ApplicationFailure> {
        Ok(Plain)
    }
}

#[activity]
async fn compose() -> ActivityResult<Plain> {
    Ok(Plain)
}

#[activity]
fn blocking() -> Plain {
    Plain
}

struct Mailer;

#[activities]
impl Mailer {
    #[activity]
    async fn send(&self) -> Plain {
        Plain
    }
}

fn main() {}
