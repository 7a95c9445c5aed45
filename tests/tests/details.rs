//! What people read of a workflow in Temporal's user interface.

use durably::{prelude::*, temporal::client::UntypedQuery};
use durably_tests::{unique, with_worker};

#[workflow]
#[derive(Default)]
struct Cooking {
    done: bool,
}

#[workflow]
impl Cooking {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        ctx.set_current_details("the water is boiling");
        ctx.wait_condition(|w| w.done).await?;
        ctx.set_current_details("dinner is served");
        Ok(())
    }

    #[signal]
    fn done(&mut self) {
        self.done = true;
    }
}

async fn metadata(cooking: &CookingHandle) -> serde_json::Value {
    let query = UntypedQuery::new("__temporal_workflow_metadata");
    let answer = cooking.untyped().query(query, RawValue::default(), Default::default()).await.unwrap();
    serde_json::from_slice(&answer.payloads[0].data).unwrap()
}

#[tokio::test]
async fn current_details_are_those_of_now() {
    with_worker(
        |worker| worker.workflow::<Cooking>(),
        async |client, queue| {
            let cooking = Cooking::start(client).id(unique("cooking")).task_queue(queue).await.unwrap();
            assert_eq!(metadata(&cooking).await["currentDetails"], "the water is boiling");
            cooking.done().await.unwrap();
            cooking.result().await.unwrap();
            assert_eq!(metadata(&cooking).await["currentDetails"], "dinner is served");
        },
    )
    .await;
}

#[tokio::test]
async fn summary_and_details_of_the_start_are_described() {
    with_worker(
        |worker| worker.workflow::<Cooking>(),
        async |client, queue| {
            let start = Cooking::start(client).id(unique("cooking")).task_queue(queue);
            let cooking = start.static_summary("pasta").static_details("with *tomatoes*").await.unwrap();
            let described = cooking.describe().await.unwrap();
            assert_eq!(
                (described.static_summary(), described.static_details()),
                (Some("pasta"), Some("with *tomatoes*"))
            );
            cooking.done().await.unwrap();
            cooking.result().await.unwrap();
        },
    )
    .await;
}
