//! Activities that are started now and awaited later, or cancelled.

use std::sync::Arc;

use durably::{ActivityCancellationType, WorkflowCancellationToken, prelude::*};
use durably_tests::{client, recorded, unique};
use tokio::sync::Notify;

#[activity(start_to_close_timeout = "10s")]
async fn slowly(name: String) -> String {
    name
}

#[workflow]
#[derive(Default)]
struct Reversed;

#[workflow]
impl Reversed {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<String>> {
        let first = slowly::execute(ctx, "first").start();
        let second = slowly::execute(ctx, "second").activity_id("two").start();
        let unpolled = slowly::execute(ctx, "never scheduled");
        let second = second.await?;
        let first = first.await?;
        drop(unpolled);
        Ok(vec![second, first])
    }
}

#[tokio::test]
async fn what_was_started_is_awaited_in_any_order() {
    let client = client().await;
    let queue = unique("reversed");
    let worker = Worker::new(&client, &queue).workflow::<Reversed>().activity::<slowly>().start().unwrap();

    let reversed = Reversed::start(&client).id(unique("reversed")).task_queue(&queue).await.unwrap();
    assert_eq!(reversed.result().await.unwrap(), ["second", "first"]);
    let scheduled = recorded!(reversed, ActivityTaskScheduledEventAttributes);
    let ids: Vec<_> = scheduled.iter().map(|event| event.activity_id.as_str()).collect();
    assert_eq!(ids, ["1", "two"]);

    worker.shutdown().await.unwrap();
}

/// Says when it has begun, and when it was told to stop.
#[derive(Default)]
struct Endless {
    begun: Notify,
    told: Notify,
}

#[activities]
impl Endless {
    #[activity(start_to_close_timeout = "60s", heartbeat_timeout = "3s")]
    async fn work(&self, ctx: &ActivityContext) -> ActivityResult<String> {
        self.begun.notify_one();
        let beats = async {
            loop {
                let _ = ctx.record_heartbeat(()).await;
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        };
        tokio::select! {
            () = beats => {}
            () = ctx.cancelled() => {}
        }
        self.told.notify_one();
        Err(ActivityError::cancelled_with_details("cleaned up"))
    }
}

#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
enum Cancelling {
    TryCancel,
    WaitCancellationCompleted,
    Abandon,
    Token,
}

#[workflow]
#[derive(Default)]
struct Cancels {
    now: bool,
}

#[workflow]
impl Cancels {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, cancelling: Cancelling) -> WorkflowResult<String> {
        let token = WorkflowCancellationToken::new();
        let call = Endless::activities(ctx).work();
        let call = match cancelling {
            Cancelling::TryCancel => call.cancellation_type(ActivityCancellationType::TryCancel),
            Cancelling::WaitCancellationCompleted => {
                call.cancellation_type(ActivityCancellationType::WaitCancellationCompleted)
            }
            Cancelling::Abandon => call.cancellation_type(ActivityCancellationType::Abandon),
            Cancelling::Token => call.cancellation_token(token.clone()),
        };
        let working = call.start();
        ctx.wait_condition(|w| w.now).await?;
        match cancelling {
            Cancelling::Token => token.cancel(),
            _ => working.cancel(),
        }
        let error = working.await.unwrap_err();
        let cancelled = error.as_cancelled().unwrap_or_else(|| panic!("{error:?}"));
        Ok(cancelled.details::<String>().unwrap().unwrap_or_default())
    }

    #[signal]
    fn cancel_now(&mut self) {
        self.now = true;
    }
}

#[tokio::test]
async fn what_was_started_is_cancelled_as_its_type_says() {
    let client = client().await;
    let queue = unique("cancels");
    let endless = Arc::new(Endless::default());
    let worker =
        Worker::new(&client, &queue).workflow::<Cancels>().shared_activities(Arc::clone(&endless)).start().unwrap();

    for (cancelling, result, requested) in [
        (Cancelling::TryCancel, "", 1),
        (Cancelling::WaitCancellationCompleted, "cleaned up", 1),
        (Cancelling::Abandon, "", 0),
        (Cancelling::Token, "", 1),
    ] {
        let cancels = Cancels::start(&client, cancelling).id(unique("cancels")).task_queue(&queue).await.unwrap();
        endless.begun.notified().await;
        cancels.cancel_now().await.unwrap();
        assert_eq!(cancels.result().await.unwrap(), result, "{cancelling:?}");
        let requests = recorded!(cancels, ActivityTaskCancelRequestedEventAttributes);
        assert_eq!(requests.len(), requested, "{cancelling:?}");
        if matches!(cancelling, Cancelling::WaitCancellationCompleted) {
            assert_eq!(recorded!(cancels, ActivityTaskCanceledEventAttributes).len(), 1);
        }
        // One that nobody told learns it from the worker: its workflow is gone.
        endless.told.notified().await;
    }

    worker.shutdown().await.unwrap();
}
