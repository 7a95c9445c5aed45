//! Workflows and activities that the tests are about.

use durably::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Receipt {
    pub(super) cents: u32,
}

/// Waits for its approval, or 30 days.
#[workflow]
#[derive(Default)]
pub(super) struct Order {
    approved: bool,
}

#[workflow]
impl Order {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, card: String) -> WorkflowResult<Option<Receipt>> {
        durably::select! {
            approved = ctx.wait_condition(|w| w.approved) => approved?,
            _ = ctx.timer(Duration::from_secs(30 * 86_400)) => return Ok(None),
        };
        let receipt = charge::execute(ctx, card, 300_u32).await?;
        mail::execute(ctx, "Ada").await?;
        Ok(Some(receipt))
    }

    #[signal]
    fn approve(&mut self) {
        self.approved = true;
    }

    #[query]
    fn is_approved(&self) -> bool {
        self.approved
    }
}

#[activity(start_to_close_timeout = "10s", retry_policy(initial_interval = "1h", maximum_attempts = 3))]
pub(super) async fn charge(_card: String, _cents: u32) -> ActivityResult<Receipt> {
    Err(ActivityError::application(ApplicationFailure::new("no bank in tests")))
}

#[activity(start_to_close_timeout = "10s", task_queue = "mail")]
pub(super) async fn mail(_to: String) {}

/// Activities that are methods.
pub(super) struct Desk;

#[activities]
impl Desk {
    #[activity(start_to_close_timeout = "10s")]
    pub(super) async fn weigh(&self, _article: String) -> ActivityResult<u32> {
        Ok(7)
    }

    #[activity(name = "stamp-it", start_to_close_timeout = "10s")]
    pub(super) fn stamp(&self) -> Result<u32, std::fmt::Error> {
        Err(std::fmt::Error)
    }
}

/// Weighs on the server and locally, and stamps.
#[workflow(task_queue = "parcels")]
#[derive(Default)]
pub(super) struct Parcel;

#[workflow]
impl Parcel {
    #[run(id = "parcel-{article}")]
    async fn run(ctx: &WorkflowContext<Self>, article: String) -> WorkflowResult<(u32, u32, u32)> {
        let weight = Desk::activities(ctx).weigh(article.clone()).await?;
        let again = Desk::activities(ctx).weigh(article).local().await?;
        Ok((weight, again, Desk::activities(ctx).stamp().await?))
    }
}

/// Fires after an hour.
#[workflow]
#[derive(Default)]
pub(super) struct Clock {
    fired: bool,
}

#[workflow]
impl Clock {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        ctx.timer(Duration::from_secs(3600)).await;
        ctx.state_mut(|w| w.fired = true);
        Ok(ctx.wait_condition(|_| false).await?)
    }

    #[query]
    fn fired(&self) -> bool {
        self.fired
    }
}
