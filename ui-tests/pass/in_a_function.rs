//! Workflows and activities inside a function body, with types that are only in scope there.

use durably::prelude::*;

pub fn worker(client: &Client) -> Worker {
    #[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
    struct Local {
        name: String,
    }

    #[workflow(task_queue = "q")]
    #[derive(Default)]
    struct Inside;

    #[workflow]
    impl Inside {
        #[run(id = "inside-{local.name}")]
        async fn run(ctx: &WorkflowContext<Self>, local: Local) -> WorkflowResult<Local> {
            Ok(compose::execute(ctx, local).await?)
        }
    }

    #[activity(start_to_close_timeout = "1s")]
    async fn compose(local: Local) -> ActivityResult<Local> {
        Ok(local)
    }

    Worker::new(client, "q").workflow::<Inside>().activity::<compose>()
}
