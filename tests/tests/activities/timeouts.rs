//! Each timeout of an activity comes as what it is.

use durably::{ActivityExecutionError, TimeoutType, prelude::*};
use durably_tests::{client, unique};

/// Ends only when it is told to, with a heartbeat of what it was given.
#[activity(retry_policy(maximum_attempts = 1))]
async fn endless(ctx: &ActivityContext, beat: u8) -> ActivityResult<()> {
    ctx.record_heartbeat(beat).await?;
    ctx.cancelled().await;
    Err(ActivityError::cancelled())
}

#[workflow]
#[derive(Default)]
struct Impatient;

#[workflow]
impl Impatient {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, nobody: String) -> WorkflowResult<Vec<String>> {
        let (soon, late) = (Duration::from_millis(800), Duration::from_secs(60));
        let start_to_close = endless::execute(ctx, 1).start_to_close_timeout(soon).start();
        let schedule_to_close =
            endless::execute(ctx, 2).start_to_close_timeout(late).schedule_to_close_timeout(soon).start();
        let schedule_to_start =
            endless::execute(ctx, 3).start_to_close_timeout(late).schedule_to_start_timeout(soon).task_queue(nobody);
        let heartbeat = endless::execute(ctx, 4).start_to_close_timeout(late).heartbeat_timeout(soon).start();
        let (a, b, c, d) = join!(start_to_close, schedule_to_close, schedule_to_start, heartbeat);
        Ok([a, b, c, d].map(account).into())
    }
}

fn account(ended: Result<(), ActivityExecutionError>) -> String {
    let error = ended.unwrap_err();
    let timeout = error.as_timeout().unwrap_or_else(|| panic!("{error:?}"));
    let beat = timeout.last_heartbeat_details::<u8>().unwrap();
    match timeout.timeout_type() {
        TimeoutType::Heartbeat => format!("Heartbeat {beat:?}"),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn each_timeout_comes_as_what_it_is() {
    let client = client().await;
    let queue = unique("timeouts");
    let worker = Worker::new(&client, &queue).workflow::<Impatient>().activity::<endless>().start().unwrap();

    let impatient = Impatient::start(&client, unique("nobody")).id(unique("timeouts")).task_queue(&queue);
    let expected = ["StartToClose", "ScheduleToClose", "ScheduleToStart", "Heartbeat Some(4)"];
    assert_eq!(impatient.execute().await.unwrap(), expected);

    worker.shutdown().await.unwrap();
}
