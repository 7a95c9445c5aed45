//! What the user writes above an item holds for what is made of it.
//!
//! Nobody is warned here for what is deprecated unless they call it, and whoever does call it has to expect the warning:
//! an `expect` that is not met is an error.
#![deny(warnings, deprecated, unfulfilled_lint_expectations, dead_code, unused)]

use durably::prelude::*;

/// Its run method is deprecated, and some of its handlers.
#[workflow]
#[derive(Default)]
pub struct Aging {
    count: u32,
}

#[workflow]
impl Aging {
    /// Runs.
    #[deprecated = "run something else"]
    #[run(id = "aging")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<u32> {
        #[expect(deprecated)]
        let old = old_activity::execute(ctx).await?;
        #[expect(deprecated)]
        let method = AgingOwner::activities(ctx).old_method().await?;
        let new = AgingOwner::activities(ctx).new_method().await?;
        Ok(old + method + new + ctx.state(|w| w.count))
    }

    /// A signal.
    #[deprecated(since = "0.1.0", note = "use something else")]
    #[signal]
    pub fn old_signal(&mut self) {}

    /// An async signal.
    #[deprecated]
    #[signal]
    pub async fn old_async_signal() {}

    /// A query.
    #[deprecated]
    #[query]
    pub fn old_query(&self) -> u32 {
        self.count
    }

    /// An update.
    #[deprecated]
    #[update]
    pub fn old_update(&mut self, count: u32) -> u32 {
        self.count = count;
        self.count
    }

    #[deprecated]
    #[update_validator(old_update)]
    fn old_check(&self, _count: &u32) -> Result<(), ApplicationFailure> {
        Ok(())
    }

    /// With a lint of the user's.
    #[expect(unused_variables, reason = "the argument is for others")]
    #[signal]
    pub fn unused_argument(&mut self, count: u32) {}

    /// The same, and the argument has a name no argument should have.
    #[allow(non_snake_case, unused_variables)]
    #[signal]
    pub fn oddArgument(&mut self, Count: u32) {}
}

/// An activity.
#[deprecated]
#[activity(start_to_close_timeout = "10s")]
pub async fn old_activity() -> u32 {
    1
}

/// An activity on the blocking pool, with lints.
#[expect(unused_variables)]
#[allow(non_snake_case)]
#[activity(start_to_close_timeout = "10s")]
pub fn OddActivity(Odd: u32) -> u32 {
    2
}

/// Owns activities.
pub struct AgingOwner;

#[activities]
impl AgingOwner {
    /// A method.
    #[deprecated]
    #[activity(start_to_close_timeout = "10s")]
    pub async fn old_method(&self) -> u32 {
        3
    }

    /// Another.
    #[activity(start_to_close_timeout = "10s")]
    pub fn new_method(&self) -> u32 {
        4
    }
}

/// A workflow that is deprecated as a whole.
#[deprecated]
#[workflow]
#[derive(Default)]
pub struct Aged;

#[allow(deprecated)]
#[workflow]
impl Aged {
    #[run]
    async fn run() {}

    #[signal]
    fn signalled(&mut self) {}
}

/// Whoever calls what is deprecated is told so, at each kind of caller.
pub async fn callers(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    #[expect(deprecated)]
    let aging = Aging::start(client).task_queue("aging").await?;
    #[expect(deprecated)]
    aging.old_signal().await?;
    #[expect(deprecated)]
    aging.old_async_signal().await?;
    #[expect(deprecated)]
    aging.old_query().await?;
    #[expect(deprecated)]
    aging.old_update(1).await?;
    aging.unused_argument(1).await?;
    aging.oddArgument(1).await?;
    Ok(())
}

/// And so is whoever calls from a workflow.
pub async fn calls(context: &impl durably::calls::Commands) -> Result<(), Box<dyn std::error::Error>> {
    #[expect(deprecated)]
    let child = Aging::child(context).await?;
    #[expect(deprecated)]
    child.old_signal().await?;
    #[expect(deprecated)]
    Aging::external(context, "aging").old_signal().await?;
    OddActivity::execute(context, 1).await?;
    Ok(())
}

/// A workflow of a worker, whose registration blames nobody.
pub fn worker(client: &Client, task_queue: &str) -> Worker {
    #[expect(deprecated)]
    let worker = Worker::new(client, task_queue).activity::<old_activity>().workflow::<Aged>();
    worker.workflow::<Aging>().activities(AgingOwner).activity::<OddActivity>()
}
