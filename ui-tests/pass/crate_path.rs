//! The crate under another name.

mod ours {
    pub mod reexported {
        pub use durably::*;
    }
}

use ours::reexported::prelude::*;

#[workflow(task_queue = "q", crate = "crate::pass::crate_path::ours::reexported")]
#[derive(Default)]
pub struct Greeting;

#[workflow(crate = "crate::pass::crate_path::ours::reexported")]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        Ok(compose::execute(ctx).await?)
    }
}

#[activity(start_to_close_timeout = "1s", crate = "crate::pass::crate_path::ours::reexported")]
async fn compose() {}

pub struct Mailer;

#[activities(crate = "crate::pass::crate_path::ours::reexported")]
impl Mailer {
    #[activity]
    async fn send(&self) {}
}
