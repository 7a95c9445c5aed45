//! Where workflows and activities may be defined.

use durably::prelude::*;

/// The struct in one module, its impl in another.
pub mod state {
    use durably::prelude::*;

    /// A workflow.
    #[workflow(task_queue = "places")]
    #[derive(Default)]
    pub struct Apart {
        pub(super) seen: Vec<String>,
    }

    /// A workflow that only the parent module knows.
    #[workflow]
    #[derive(Default)]
    pub(super) struct ApartPrivately;
}

mod behaviour {
    use durably::prelude::*;

    #[workflow]
    impl super::state::Apart {
        #[run(id = "apart-{name}")]
        async fn run(ctx: &WorkflowContext<Self>, name: String) -> WorkflowResult<Vec<String>> {
            ctx.wait_condition(|w| !w.seen.is_empty()).await?;
            ctx.state_mut(|w| w.seen.push(name));
            let done = super::state::ApartPrivately::child(ctx, 7).execute().await?;
            ctx.state_mut(|w| w.seen.push(done.to_string()));
            Ok(ctx.state(|w| w.seen.clone()))
        }

        #[signal]
        pub(crate) fn see(&mut self, what: String) {
            self.seen.push(what);
        }

        #[query]
        fn seen(&self) -> usize {
            self.seen.len()
        }

        #[update]
        fn forget(&mut self) -> usize {
            std::mem::take(&mut self.seen).len()
        }
    }

    #[workflow]
    impl super::state::ApartPrivately {
        #[run]
        async fn run(number: u8) -> u8 {
            number
        }
    }

    /// The type in one module, its activities in another.
    #[activities]
    impl super::Owner {
        #[activity(start_to_close_timeout = "10s")]
        pub(super) async fn method(&self) -> u8 {
            self.0
        }
    }
}

/// Owns activities.
pub struct Owner(u8);

/// A worker for what is defined here, all of it in the body of the function but `Apart`.
pub fn worker(client: &Client, task_queue: &str) -> Worker {
    struct Kept(u8);

    #[derive(serde::Serialize, serde::Deserialize)]
    struct Local {
        number: u8,
    }

    type Answer<T> = Result<T, std::num::TryFromIntError>;

    #[workflow(name = "inside")]
    #[derive(Default)]
    struct Inside {
        local: Option<u8>,
    }

    #[workflow]
    impl Inside {
        #[run(id = "inside-{first.number}")]
        async fn run(ctx: &WorkflowContext<Self>, first: Local) -> WorkflowResult<u8> {
            ctx.wait_condition(|w| w.local.is_some()).await?;
            let second = ctx.state(|w| w.local).unwrap_or_default();
            let sum = add::execute(ctx, first, Local { number: second }).await?;
            let kept = Kept::activities(ctx).keep(sum).await?;
            let owned = Owner::activities(ctx).method().await?;
            Ok(kept.number + owned)
        }

        #[signal]
        fn give(&mut self, local: Local) {
            self.local = Some(local.number);
        }
    }

    #[activity(start_to_close_timeout = "10s")]
    async fn add(first: Local, second: Local) -> Answer<Local> {
        Ok(Local { number: u8::try_from(u32::from(first.number) + u32::from(second.number))? })
    }

    #[activities]
    impl Kept {
        #[activity(start_to_close_timeout = "10s")]
        fn keep(&self, local: Local) -> Local {
            Local { number: local.number + self.0 }
        }
    }

    Worker::new(client, task_queue)
        .workflow::<Inside>()
        .workflow::<state::Apart>()
        .workflow::<state::ApartPrivately>()
        .activity::<add>()
        .activities(Kept(10))
        .activities(Owner(100))
}
