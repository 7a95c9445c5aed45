//! Workflows in modules below the one that imports.

mod outer {
    use std::time::Duration;

    pub mod inner {
        use durably::prelude::*;

        use super::{Duration as Period, Instant};

        #[workflow(task_queue = "q")]
        #[derive(Default)]
        pub struct Greeting {
            since: Instant,
        }

        #[workflow]
        impl Greeting {
            #[run(id = "greeting")]
            async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
                ctx.state_mut(|w| w.since = Instant::now());
                ctx.timer(Period::from_secs(1)).await;
                let _ = super::clock::now();
                Ok(())
            }
        }
    }

    #[derive(Default)]
    pub struct Instant(u64);

    impl Instant {
        fn now() -> Self {
            Self(clock::now())
        }
    }

    mod clock {
        pub fn now() -> u64 {
            0
        }
    }
}
