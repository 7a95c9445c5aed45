//! A worker takes workflows, activity functions and instances with activities, each by its own method.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }
}

#[activity]
async fn compose() {}

async fn plain() {}

struct Mailer;

#[activities]
impl Mailer {
    #[activity]
    async fn send(&self) {}
}

struct Unmarked;

impl Unmarked {
    async fn send(&self) {}
}

fn worker(client: &Client) -> Worker {
    Worker::new(client, "q")
        .workflow::<Mailer>()
        .workflow::<String>()
        .workflow::<compose>()
        .workflow(Greeting)
        .activity::<Greeting>()
        .activity::<Mailer>()
        .activity::<plain>()
        .activity(compose)
        .activities(Unmarked)
        .activities(compose)
        .activities::<Mailer>()
}

fn main() {}
