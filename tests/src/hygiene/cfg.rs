//! Members that are not there: `cfg(any())` is never true.

use durably::prelude::*;

/// A workflow with as many handlers again that are not there, of types that do not exist.
#[workflow(task_queue = "cfg")]
#[derive(Default)]
pub struct Configured {
    seen: Vec<String>,
    done: bool,
}

#[workflow]
impl Configured {
    /// Runs.
    #[run(id = "cfg-{name}")]
    async fn run(ctx: &WorkflowContext<Self>, name: String) -> WorkflowResult<Vec<String>> {
        ctx.wait_condition(|w| w.done).await?;
        let there = which::execute(ctx).await?;
        let method = ConfiguredOwner::activities(ctx).present().await?;
        ctx.state_mut(|w| w.seen.extend([name, there, method]));
        Ok(ctx.state(|w| w.seen.clone()))
    }

    #[cfg(any())]
    #[signal]
    fn absent_signal(&mut self, what: Nowhere) {}

    #[signal]
    fn present_signal(&mut self, what: String) {
        self.seen.push(what);
    }

    #[cfg(any())]
    #[signal]
    async fn absent_async_signal(ctx: &WorkflowContext<Self>, what: Nowhere) {}

    #[cfg(any())]
    #[signal(dynamic)]
    fn absent_dynamic_signal(&mut self, name: String, args: Nowhere) {}

    #[cfg(any())]
    #[query]
    fn absent_query(&self) -> Nowhere {}

    #[query]
    fn present_query(&self) -> usize {
        self.seen.len()
    }

    /// Of two under one name, one is there.
    #[cfg(any())]
    #[query]
    fn either(&self) -> Nowhere {}

    /// Of two under one name, one is there.
    #[cfg(not(any()))]
    #[query]
    fn either(&self) -> bool {
        self.done
    }

    #[cfg(any())]
    #[update]
    fn absent_update(&mut self, what: Nowhere) -> Nowhere {}

    #[cfg(any())]
    #[update_validator(absent_update)]
    fn absent_validator(&self, what: &Nowhere) -> Result<(), Nowhere> {}

    #[update]
    #[cfg_attr(all(), allow(clippy::needless_pass_by_ref_mut))]
    fn present_update(&mut self) -> bool {
        self.done = true;
        self.done
    }

    #[cfg(any())]
    fn absent_helper(&self) -> Nowhere {}
}

/// The one that is not there.
#[cfg(any())]
#[activity(start_to_close_timeout = "10s")]
async fn which(nowhere: Nowhere) -> Nowhere {}

/// The one that is.
#[cfg(not(any()))]
#[activity(start_to_close_timeout = "10s")]
pub async fn which() -> String {
    "there".into()
}

/// Markers above and below the `cfg`.
#[activity]
#[cfg(any())]
async fn below(nowhere: Nowhere) -> Nowhere {}

/// A workflow that is not there.
#[cfg(any())]
#[workflow]
pub struct Absent(Nowhere);

#[cfg(any())]
#[workflow]
impl Absent {
    #[run]
    async fn run(nowhere: Nowhere) -> Nowhere {}
}

/// A workflow that is not there, with the `cfg` below the attribute.
#[workflow]
#[cfg(any())]
pub struct AbsentBelow(Nowhere);

#[workflow]
#[cfg(any())]
impl AbsentBelow {
    #[init]
    fn new(nowhere: Nowhere) -> Self {}

    #[run(id = "{nowhere}")]
    async fn run(nowhere: Nowhere) -> Nowhere {}

    #[signal]
    fn signal_it(&mut self, nowhere: Nowhere) {}

    #[update]
    async fn update_it(nowhere: Nowhere) -> Nowhere {}
}

/// Owns activities, some of which are not there.
pub struct ConfiguredOwner;

#[activities]
impl ConfiguredOwner {
    #[cfg(any())]
    #[activity]
    async fn first(&self, nowhere: Nowhere) -> Nowhere {}

    #[cfg(any())]
    #[activity(start_to_close_timeout = "10s")]
    pub fn present(nowhere: Nowhere) -> Nowhere {}

    /// The one that is there.
    #[cfg(not(any()))]
    #[activity(start_to_close_timeout = "10s")]
    pub fn present(&self) -> String {
        "here".into()
    }
}

/// Owns activities that are not there, with the `cfg` below the attribute.
#[activities]
#[cfg(any())]
impl NowhereOwner {
    #[activity]
    async fn first(&self, nowhere: Nowhere) -> Nowhere {}
}
