//! The crate under another name and another path.
#![allow(clippy::module_inception)]

/// Where the crate is.
pub mod facade {
    pub use ::durably as renamed;
}

/// A workflow.
#[facade::renamed::workflow(crate = "crate::hygiene::facade::facade::renamed")]
#[derive(Default)]
pub struct Renamed {
    done: bool,
}

#[facade::renamed::workflow(crate = "crate::hygiene::facade::facade::renamed")]
impl Renamed {
    #[run(id = "renamed-{count}")]
    async fn run(ctx: &facade::renamed::WorkflowContext<Self>, count: u8) -> facade::renamed::WorkflowResult<u8> {
        ctx.wait_condition(|w| w.done).await?;
        let count = renamed_activity::execute(ctx, count).await?;
        Ok(RenamedOwner::activities(ctx).method(count).await?)
    }

    #[signal]
    fn finish(&mut self) {
        self.done = true;
    }

    #[query]
    fn is_done(&self) -> bool {
        self.done
    }

    #[update]
    async fn again() -> u8 {
        0
    }
}

/// An activity.
#[facade::renamed::activity(crate = "facade::renamed", start_to_close_timeout = "10s")]
pub async fn renamed_activity(count: u8) -> u8 {
    count
}

/// Owns activities.
pub struct RenamedOwner;

#[facade::renamed::activities(crate = "self::facade::renamed")]
impl RenamedOwner {
    #[activity(start_to_close_timeout = "10s")]
    fn method(count: u8) -> u8 {
        count
    }
}
