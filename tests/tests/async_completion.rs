//! Activities that are finished from outside.

use std::sync::Mutex;

use durably::prelude::*;
use durably_tests::{client, unique};
use tokio::sync::mpsc;

#[workflow]
#[derive(Default)]
struct Approval;

#[workflow]
impl Approval {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<bool> {
        Ok(Desk::activities(ctx).approve().activity_id("approve").await?)
    }
}

struct Desk {
    tokens: Mutex<mpsc::UnboundedSender<Vec<u8>>>,
}

#[activities]
impl Desk {
    #[activity(start_to_close_timeout = "30s", retry_policy(initial_interval = "10ms"))]
    async fn approve(&self, ctx: &ActivityContext) -> ActivityResult<bool> {
        self.tokens.lock().unwrap().send(ctx.info().task_token.clone()).unwrap();
        Err(ActivityError::WillCompleteAsync)
    }
}

/// What the desk's activity is to the outside: its name, its output.
#[activity(name = "approve", start_to_close_timeout = "30s")]
async fn approve_outside() -> ActivityResult<bool> {
    unreachable!("runs at the desk")
}

#[tokio::test]
async fn an_activity_is_completed_by_token_and_by_id_and_failed() {
    let client = client().await;
    let queue = unique("approval");
    let (sender, mut tokens) = mpsc::unbounded_channel();
    let desk = Desk { tokens: Mutex::new(sender) };
    let worker = Worker::new(&client, &queue).workflow::<Approval>().activities(desk).start().unwrap();

    let by_token = Approval::start(&client).id(unique("approval")).task_queue(&queue).await.unwrap();
    let token = tokens.recv().await.unwrap();
    approve_outside::async_handle(&client, token.clone()).complete(true).await.unwrap();
    assert!(by_token.result().await.unwrap());
    let late = approve_outside::async_handle(&client, token).complete(false).await.unwrap_err();
    assert!(matches!(late, durably::AsyncActivityError::NotFound(_)), "{late}");

    let by_id = Approval::start(&client).id(unique("approval")).task_queue(&queue).await.unwrap();
    let token = tokens.recv().await.unwrap();
    let failing = approve_outside::async_handle(&client, token);
    failing.fail(ApplicationFailure::new("the desk is on fire")).await.unwrap();
    tokens.recv().await.unwrap();
    let waiting = approve_outside::async_handle_by_id(&client, by_id.workflow_id(), "approve");
    assert!(!waiting.heartbeat("still looking".to_owned()).await.unwrap().cancel_requested);
    waiting.complete(false).await.unwrap();
    assert!(!by_id.result().await.unwrap());

    worker.shutdown().await.unwrap();
}
