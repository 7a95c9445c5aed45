//! What tokio has for the same, in a module of that name.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        tokio::spawn(async {});
        tokio::time::sleep(Duration::from_secs(1)).await;
        let _ = tokio::time::Duration::from_secs(1);
        let _ = tokio::task::spawn_blocking(|| 1);
        let _ = tokio::sync::oneshot::channel();
        tokio::select! {
            () = async {} => {}
        }
        {
            use tokio::{select, spawn};
            spawn(async {});
            select! {
                () = async {} => {}
            }
        }
        Ok(())
    }
}

mod tokio {
    pub use {crate::tokio_select as select, std::mem::drop as spawn};

    pub mod time {
        pub use std::{future::ready, time::Duration};

        pub fn sleep(_: Duration) -> std::future::Ready<()> {
            ready(())
        }
    }

    pub mod task {
        pub fn spawn_blocking<R>(function: impl FnOnce() -> R) -> R {
            function()
        }
    }

    pub mod sync {
        pub mod oneshot {
            pub fn channel() {}
        }
    }
}

#[macro_export]
macro_rules! tokio_select {
    ($pattern:pat = $future:expr => $body:block) => {
        let $pattern = $future.await;
        $body
    };
}

fn main() {}
