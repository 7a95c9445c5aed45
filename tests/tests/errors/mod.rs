//! What each verb says when it cannot: no such workflow, a workflow that is closed, values of other types, a server that is
//! gone, a deadline that has passed. All errors are typed and name what was called, and nothing panics.

mod activities;
mod closed;
mod conversions;
mod deadlines;
mod missing;
mod taken;
mod unreachable;
mod verbs;
mod wire;

use durably::prelude::*;

use self::verbs::{Said, starts, verbs};

#[workflow]
#[derive(Default)]
struct Lamp {
    on: bool,
}

#[workflow]
impl Lamp {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<bool> {
        ctx.wait_condition(|w| w.on).await?;
        Ok(true)
    }

    #[signal]
    fn switch_on(&mut self) {
        self.on = true;
    }

    #[query]
    fn on(&self) -> bool {
        self.on
    }

    #[update]
    fn switch(&mut self) -> bool {
        self.on = !self.on;
        self.on
    }
}

#[activity(start_to_close_timeout = "1s")]
async fn glow() -> ActivityResult<()> {
    Ok(())
}
