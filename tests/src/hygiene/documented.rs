//! All that a user can write, each with docs, where docs must not be missing.
#![deny(missing_docs)]

use durably::prelude::*;

/// A workflow.
#[workflow(task_queue = "documented")]
#[derive(Default)]
pub struct Documented {
    count: u32,
}

#[workflow]
impl Documented {
    /// Runs.
    #[run(id = "documented-{count}")]
    pub async fn run(ctx: &WorkflowContext<Self>, count: u32) -> WorkflowResult<u32> {
        let _ = documented_activity::execute(ctx, count).await?;
        let _ = DocumentedOwner::activities(ctx).method(count).await?;
        Ok(ctx.state(|w| w.count))
    }

    /// Signals.
    #[signal]
    pub fn signalled(&mut self, count: u32) {
        self.count = count;
    }

    /// Signals, later.
    #[signal]
    pub async fn signalled_async(ctx: &WorkflowContext<Self>, count: u32) {
        ctx.state_mut(|w| w.count = count);
    }

    /// Takes whatever comes.
    #[signal(dynamic)]
    pub fn any(&mut self, _name: String, _args: RawValue) {}

    /// Queries.
    #[query]
    pub fn queried(&self) -> u32 {
        self.count
    }

    /// Updates.
    #[update]
    pub fn updated(&mut self, count: u32) -> u32 {
        self.count += count;
        self.count
    }

    /// Validates.
    #[update_validator(updated)]
    pub fn validated(&self, _count: &u32) -> Result<(), ApplicationFailure> {
        Ok(())
    }
}

/// An activity.
#[activity(start_to_close_timeout = "10s")]
pub async fn documented_activity(count: u32) -> ActivityResult<u32> {
    Ok(count)
}

/// An activity with a stub of another name.
#[activity(start_to_close_timeout = "10s", stub = "DocumentedStub")]
pub fn documented_blocking(count: u32) -> u32 {
    count
}

/// Owns activities.
pub struct DocumentedOwner;

#[activities]
impl DocumentedOwner {
    /// One of them.
    #[activity(start_to_close_timeout = "10s")]
    pub async fn method(&self, count: u32) -> ActivityResult<u32> {
        Ok(count)
    }
}

pub mod handlers_without_docs {
    //! A private function needs no docs of its own, and neither does a public type inside a private module, but what the
    //! attributes emit for them must not be blamed either.

    use durably::prelude::*;

    /// A workflow whose handlers are private.
    #[workflow]
    #[derive(Default)]
    pub struct Taciturn;

    #[workflow]
    impl Taciturn {
        #[run]
        async fn run() {}

        #[signal]
        fn signalled(&mut self) {}

        #[query]
        fn queried(&self) -> u8 {
            0
        }

        #[update]
        async fn updated() -> u8 {
            0
        }
    }

    /// Owns activities that are private.
    pub struct TaciturnOwner;

    #[activities]
    impl TaciturnOwner {
        #[activity]
        fn method(&self) {}
    }
}
