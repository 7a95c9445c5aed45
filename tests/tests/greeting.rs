//! The first workflow, as a user would drive it.

use durably::prelude::*;
use durably_tests::{client, unique};

#[workflow]
#[derive(Default)]
struct Greeting {
    names: Vec<String>,
    closed: bool,
}

#[workflow]
impl Greeting {
    #[run(id = "greeting-{host}")]
    async fn run(ctx: &WorkflowContext<Self>, host: String) -> WorkflowResult<String> {
        ctx.wait_condition(|w| w.closed).await?;
        let names = ctx.state(|w| w.names.join(" and "));
        Ok(compose::execute(ctx, host, names).await?)
    }

    #[signal]
    fn submit(&mut self, name: String) {
        self.names.push(name);
    }

    #[signal(name = "exit")]
    fn close(&mut self) {
        self.closed = true;
    }

    #[query]
    fn pending(&self) -> usize {
        self.names.len()
    }
}

#[activity(start_to_close_timeout = "10s")]
async fn compose(host: String, names: String) -> ActivityResult<String> {
    Ok(format!("{host} greets {names}"))
}

#[tokio::test]
async fn a_workflow_is_started_signalled_queried_and_awaited() {
    let client = client().await;
    let queue = unique("greeting");
    let worker = Worker::new(&client, &queue).workflow::<Greeting>().activity::<compose>().start().unwrap();

    let host = unique("Ada");
    let greeting = Greeting::start(&client, &host).task_queue(&queue).await.unwrap();
    assert_eq!(greeting.workflow_id(), format!("greeting-{host}"));
    greeting.submit("Grace").await.unwrap();
    greeting.submit("Hedy").await.unwrap();
    assert_eq!(greeting.pending().await.unwrap(), 2);
    greeting.close().await.unwrap();
    assert_eq!(greeting.result().await.unwrap(), format!("{host} greets Grace and Hedy"));

    worker.shutdown().await.unwrap();
}
