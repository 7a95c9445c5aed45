//! Time and conditions.

use durably::{
    TimerOptions, TimerResult, WaitConditionOptions, WorkflowCancellationToken, prelude::*,
    temporal::common::protos::temporal::api::history::v1::TimerStartedEventAttributes as TimerStarted,
};
use durably_tests::{
    Attributes, awaited, client, recorded,
    recorded::{summaries, until},
    unique,
};

#[workflow]
#[derive(Default)]
struct Sleeper {
    woken: bool,
}

#[workflow]
impl Sleeper {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<String>> {
        let fired = ctx.timer(Duration::from_millis(10)).await;

        let token = WorkflowCancellationToken::new();
        let hour = TimerOptions::builder(Duration::from_secs(3600))
            .summary("an hour of sleep".to_owned())
            .cancellation_token(token.clone())
            .build();
        let sleep = ctx.timer(hour);
        ctx.wait_condition(|w| w.woken).await?;
        token.cancel_with_reason("woken");
        let cancelled = sleep.await;

        let never = WaitConditionOptions::builder().cancellation_token(token).build();
        let waited = ctx.wait_condition_with_options(|_| false, never).await.unwrap_err();
        assert_eq!((fired, cancelled), (TimerResult::Fired, TimerResult::Cancelled));
        Ok(vec![waited.reason().unwrap_or_default().to_owned()])
    }

    #[signal]
    fn wake(&mut self) {
        self.woken = true;
    }
}

#[tokio::test]
async fn timers_fire_or_are_cancelled() {
    let client = client().await;
    let queue = unique("timers");
    let worker = Worker::new(&client, &queue).workflow::<Sleeper>().start().unwrap();

    let sleeper = Sleeper::start(&client).id(unique("timers")).task_queue(&queue).await.unwrap();
    // The second timer begins when the first has fired. One that is cancelled in the task that begins it leaves no trace.
    awaited!(sleeper, TimerFiredEventAttributes);
    let long = |timer: &TimerStarted| timer.start_to_fire_timeout.is_some_and(|time| time.seconds == 3600);
    until(&sleeper, |event| matches!(event, Attributes::TimerStartedEventAttributes(timer) if long(timer))).await;
    sleeper.wake().await.unwrap();
    assert_eq!(sleeper.result().await.unwrap(), ["woken"]);

    let [short, long] = recorded!(sleeper, TimerStartedEventAttributes).try_into().unwrap();
    assert_eq!(short.start_to_fire_timeout.unwrap().nanos, 10_000_000);
    assert_eq!(long.start_to_fire_timeout.unwrap().seconds, 3600);
    let [cancelled] = recorded!(sleeper, TimerCanceledEventAttributes).try_into().unwrap();
    assert_eq!(cancelled.timer_id, long.timer_id);
    let started = |event: &Attributes| matches!(event, Attributes::TimerStartedEventAttributes(_));
    assert_eq!(summaries(&sleeper, started).await, ["\"an hour of sleep\""]);

    worker.shutdown().await.unwrap();
}

/// Waits for what handlers do to its state.
#[workflow]
#[derive(Default)]
struct Counts {
    count: u32,
}

#[workflow]
impl Counts {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, to: u32) -> WorkflowResult<u32> {
        ctx.wait_condition(|w| w.count >= to).await?;
        // True already: there is nothing to wait for.
        ctx.wait_condition(|w| w.count >= to).await?;
        Ok(ctx.state(|w| w.count))
    }

    #[signal]
    fn add(&mut self, count: u32) {
        self.count += count;
    }

    #[update]
    async fn add_later(ctx: &WorkflowContext<Self>, count: u32) -> u32 {
        ctx.timer(Duration::from_millis(10)).await;
        ctx.state_mut(|w| {
            w.count += count;
            w.count
        })
    }
}

#[tokio::test]
async fn a_condition_is_met_by_signals_and_updates() {
    let client = client().await;
    let queue = unique("counts");
    let worker = Worker::new(&client, &queue).workflow::<Counts>().start().unwrap();

    let counts = Counts::start(&client, 6).id(unique("counts")).task_queue(&queue).await.unwrap();
    counts.add(1).await.unwrap();
    assert_eq!(counts.add_later(2).await.unwrap(), 3);
    counts.add(3).await.unwrap();
    assert_eq!(counts.result().await.unwrap(), 6);

    let cancelled = Counts::start(&client, 1).id(unique("counts")).task_queue(&queue).await.unwrap();
    cancelled.cancel().await.unwrap();
    cancelled.result().await.unwrap_err();
    assert_eq!(recorded!(cancelled, WorkflowExecutionCanceledEventAttributes).len(), 1);

    worker.shutdown().await.unwrap();
}
