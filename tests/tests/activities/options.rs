//! Options of an activity: of its attribute, and of the call, as the service records them.

use durably::{
    Priority,
    prelude::*,
    temporal::common::protos::temporal::api::{
        common::v1::RetryPolicy as Recorded, history::v1::ActivityTaskScheduledEventAttributes,
    },
};
use durably_tests::{Attributes, client, recorded, recorded::summaries, unique};

#[activity(
    task_queue = "durably-tests-elsewhere",
    start_to_close_timeout = "1m30s",
    schedule_to_close_timeout = "5m",
    schedule_to_start_timeout = "2m",
    heartbeat_timeout = "20500ms",
    retry_policy(
        initial_interval = "2s",
        backoff_coefficient = 1.5,
        maximum_interval = "10s",
        maximum_attempts = 7,
        non_retryable_error_types("Fatal", "Broken"),
    )
)]
async fn optioned() {}

#[activity(schedule_to_close_timeout = "5m")]
async fn plain() {}

#[activity]
async fn bare() {}

#[workflow]
#[derive(Default)]
struct Options;

#[workflow]
impl Options {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let seconds = Duration::from_secs;
        optioned::execute(ctx).await?;
        let mut policy = RetryPolicy::default();
        policy.set_initial_interval(seconds(3)).set_backoff_coefficient(1.25).set_maximum_interval(Some(seconds(13)));
        policy.set_maximum_attempts(3).set_non_retryable_error_types(["Lost"]);
        optioned::execute(ctx)
            .task_queue(ctx.task_queue())
            .start_to_close_timeout(seconds(11))
            .schedule_to_close_timeout(seconds(44))
            .schedule_to_start_timeout(seconds(33))
            .heartbeat_timeout(seconds(5))
            .retry_policy(policy)
            .activity_id("the-second")
            .summary("the second of all")
            .priority(Priority::builder().priority_key(2).build())
            .do_not_eagerly_execute()
            .await?;
        plain::execute(ctx).await?;
        bare::execute(ctx).start_to_close_timeout(seconds(10)).await?;
        bare::execute(ctx).schedule_to_close_timeout(seconds(20)).await?;
        Ok(())
    }
}

#[tokio::test]
async fn options_of_the_attribute_apply_unless_the_call_says_otherwise() {
    let client = client().await;
    let queue = unique("options");
    let worker = Worker::new(&client, &queue)
        .workflow::<Options>()
        .activity::<optioned>()
        .activity::<plain>()
        .activity::<bare>()
        .start()
        .unwrap();
    let elsewhere = Worker::new(&client, "durably-tests-elsewhere").activity::<optioned>().start().unwrap();

    let options = Options::start(&client).id(unique("options")).task_queue(&queue).await.unwrap();
    options.result().await.unwrap();
    let [given, overridden, plain, bare, bare_to_close] =
        recorded!(options, ActivityTaskScheduledEventAttributes).try_into().unwrap();

    assert_eq!(queue_of(&given), "durably-tests-elsewhere");
    assert_eq!(timeouts(&given), [90_000, 300_000, 120_000, 20_500]);
    assert_eq!(
        given.retry_policy,
        Some(Recorded {
            initial_interval: Some(Duration::from_secs(2).try_into().unwrap()),
            backoff_coefficient: 1.5,
            maximum_interval: Some(Duration::from_secs(10).try_into().unwrap()),
            maximum_attempts: 7,
            non_retryable_error_types: vec!["Fatal".into(), "Broken".into()],
        })
    );

    assert_eq!(queue_of(&overridden), queue);
    assert_eq!(timeouts(&overridden), [11_000, 44_000, 33_000, 5_000]);
    assert_eq!(
        overridden.retry_policy,
        Some(Recorded {
            initial_interval: Some(Duration::from_secs(3).try_into().unwrap()),
            backoff_coefficient: 1.25,
            maximum_interval: Some(Duration::from_secs(13).try_into().unwrap()),
            maximum_attempts: 3,
            non_retryable_error_types: vec!["Lost".into()],
        })
    );
    assert_eq!(overridden.activity_id, "the-second");
    assert_eq!(overridden.priority.unwrap().priority_key, 2);

    assert_eq!(queue_of(&plain), queue);
    assert_eq!(timeouts(&plain)[1], 300_000);
    assert_eq!(timeouts(&bare)[0], 10_000);
    assert_eq!(timeouts(&bare_to_close)[1], 20_000);

    let scheduled = |event: &Attributes| matches!(event, Attributes::ActivityTaskScheduledEventAttributes(_));
    assert_eq!(summaries(&options, scheduled).await, ["\"the second of all\""]);

    worker.shutdown().await.unwrap();
    elsewhere.shutdown().await.unwrap();
}

fn queue_of(event: &ActivityTaskScheduledEventAttributes) -> String {
    event.task_queue.clone().unwrap().name
}

/// Start to close, schedule to close, schedule to start and heartbeat, in milliseconds; 0 for none.
fn timeouts(event: &ActivityTaskScheduledEventAttributes) -> [i64; 4] {
    let timeouts = [
        &event.start_to_close_timeout,
        &event.schedule_to_close_timeout,
        &event.schedule_to_start_timeout,
        &event.heartbeat_timeout,
    ];
    timeouts.map(|timeout| timeout.as_ref().map_or(0, |time| time.seconds * 1000 + i64::from(time.nanos) / 1_000_000))
}
