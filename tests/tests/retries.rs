//! Retry policies: how often, how far apart, and what is not tried again. More on failures in `activities::failures`.

use std::{
    sync::{Arc, Mutex},
    time::Instant,
};

use durably::{
    ActivityExecutionError, TimeoutType, WorkflowExecutionStatus, prelude::*, temporal::common::error::RetryState,
};
use durably_tests::{event, recorded, unique, with_worker};

/// Fails until it is the attempt it is told.
#[workflow]
#[derive(Default)]
struct Stubborn;

#[workflow]
impl Stubborn {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, until: u32) -> WorkflowResult<u32> {
        match ctx.info().attempt() {
            attempt if attempt < until => Err(ApplicationFailure::new(format!("attempt {attempt} fails")).into()),
            attempt => Ok(attempt),
        }
    }
}

fn policy(change: impl FnOnce(&mut RetryPolicy)) -> RetryPolicy {
    let mut policy = RetryPolicy::default();
    policy.set_initial_interval(Duration::from_millis(10));
    change(&mut policy);
    policy
}

#[tokio::test]
async fn a_workflow_is_tried_again_as_its_policy_says() {
    with_worker(
        |worker| worker.workflow::<Stubborn>(),
        async |client, queue| {
            let start = |until: u32| Stubborn::start(client, until).id(unique("stubborn")).task_queue(queue);
            let stubborn = start(3).retry_policy(policy(|policy| {
                policy.set_maximum_interval(Some(Duration::from_secs(2)));
            }));
            let stubborn = stubborn.await.unwrap();
            assert_eq!(stubborn.result().await.unwrap(), 3);
            let first = stubborn.for_run(stubborn.first_execution_run_id().unwrap());
            let begun = event!(first, WorkflowExecutionStartedEventAttributes);
            assert_eq!((begun.attempt, begun.retry_policy.unwrap().maximum_interval.unwrap().seconds), (1, 2));
            let last = Stubborn::handle(client, stubborn.workflow_id());
            assert_eq!(event!(last, WorkflowExecutionStartedEventAttributes).attempt, 3);

            let twice = start(3).retry_policy(policy(|policy| {
                policy.set_maximum_attempts(2);
            }));
            let failed = twice.execute().await.unwrap_err();
            assert!(failed.to_string().contains("attempt 2 fails"), "{failed}");
        },
    )
    .await;
}

#[tokio::test]
async fn a_workflow_without_a_policy_is_not_tried_again() {
    with_worker(
        |worker| worker.workflow::<Stubborn>(),
        async |client, queue| {
            let stubborn = Stubborn::start(client, 2).id(unique("stubborn")).task_queue(queue).await.unwrap();
            let failed = stubborn.result().await.unwrap_err();
            assert!(failed.to_string().contains("attempt 1 fails"), "{failed}");
            let begun = event!(stubborn, WorkflowExecutionStartedEventAttributes);
            assert_eq!((begun.attempt, begun.retry_policy), (1, None));
            let latest = Stubborn::handle(client, stubborn.workflow_id()).describe().await.unwrap();
            assert_eq!(latest.status(), WorkflowExecutionStatus::Failed);
            assert_eq!(Some(latest.run_id()), stubborn.first_execution_run_id());
        },
    )
    .await;
}

/// Notes when each attempt begins, and fails.
#[derive(Default)]
struct Notes(Mutex<Vec<Instant>>);

#[activities]
impl Notes {
    #[activity(
        start_to_close_timeout = "10s",
        retry_policy(
            initial_interval = "200ms",
            backoff_coefficient = 2.0,
            maximum_interval = "500ms",
            maximum_attempts = 6,
        )
    )]
    async fn note(&self) -> ActivityResult<()> {
        self.0.lock().unwrap().push(Instant::now());
        Err(ApplicationFailure::new("noted").into())
    }

    #[activity(schedule_to_close_timeout = "3s", retry_policy(initial_interval = "300ms", backoff_coefficient = 1.0))]
    async fn note_for_a_while(&self) -> ActivityResult<()> {
        self.0.lock().unwrap().push(Instant::now());
        Err(ApplicationFailure::new("noted").into())
    }

    #[activity(start_to_close_timeout = "10s")]
    async fn note_once(&self, ctx: &ActivityContext) -> ActivityResult<u32> {
        self.0.lock().unwrap().push(Instant::now());
        match ctx.info().attempt {
            1 => Err(ApplicationFailure::new("noted").into()),
            attempt => Ok(attempt),
        }
    }
}

#[derive(Clone, Copy, serde::Serialize, serde::Deserialize)]
enum Noting {
    WithGaps,
    ForAWhile,
    Once,
}

#[workflow]
#[derive(Default)]
struct Notebook;

#[workflow]
impl Notebook {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, noting: Noting) -> WorkflowResult<String> {
        let notes = Notes::activities(ctx);
        let error = match noting {
            Noting::Once => return Ok(notes.note_once().await?.to_string()),
            Noting::WithGaps => notes.note().await.unwrap_err(),
            Noting::ForAWhile => notes.note_for_a_while().await.unwrap_err(),
        };
        let ActivityExecutionError::Failed(failed) = &error else { return Ok(format!("{error:?}")) };
        let timeout = error.as_timeout().map(|timeout| timeout.timeout_type());
        Ok(match (failed.retry_state(), timeout) {
            (RetryState::MaximumAttemptsReached, None) => "attempts used up".to_owned(),
            // The next attempt would have come too late: the last failure, or the timeout itself.
            (RetryState::Timeout, None | Some(TimeoutType::ScheduleToClose)) => "time used up".to_owned(),
            other => format!("{other:?}"),
        })
    }
}

/// The gaps between the attempts, and what the workflow saw.
async fn noted(noting: Noting) -> (Vec<Duration>, String) {
    let notes = Arc::new(Notes::default());
    let register = |worker: Worker| worker.workflow::<Notebook>().shared_activities(Arc::clone(&notes));
    let said = with_worker(register, async |client, queue| {
        let notebook = Notebook::start(client, noting).id(unique("notebook")).task_queue(queue).await.unwrap();
        let said = notebook.result().await.unwrap();
        if matches!(noting, Noting::Once) {
            let [scheduled] = recorded!(notebook, ActivityTaskScheduledEventAttributes).try_into().unwrap();
            let policy = scheduled.retry_policy.expect("the server has a policy of its own");
            assert_eq!((policy.initial_interval.unwrap().seconds, policy.maximum_attempts), (1, 0));
        }
        said
    })
    .await;
    let times = notes.0.lock().unwrap();
    (times.windows(2).map(|pair| pair[1] - pair[0]).collect(), said)
}

#[tokio::test]
async fn gaps_between_attempts_grow_from_the_first_to_the_longest() {
    let (gaps, said) = noted(Noting::WithGaps).await;
    assert_eq!((gaps.len(), &*said), (5, "attempts used up"));
    // The server counts from when it has the failure, a little after the activity noted the time.
    for (gap, least) in gaps.iter().zip([200, 400, 500, 500, 500]) {
        assert!(*gap >= Duration::from_millis(least), "{gaps:?}");
    }
    // The server's own first gap is a second, so its second one would be two. It may be a second late, if it is busy.
    assert!(gaps[1] < Duration::from_secs(2), "{gaps:?}");
    // Without a longest one, this would have been 3.2 s.
    assert!(gaps[4] < Duration::from_millis(3200), "{gaps:?}");
}

#[tokio::test]
async fn no_attempt_begins_after_the_schedule_to_close_timeout() {
    let (gaps, said) = noted(Noting::ForAWhile).await;
    assert_eq!(said, "time used up");
    assert!(!gaps.is_empty(), "it was tried again");
    assert!(gaps.iter().sum::<Duration>() <= Duration::from_secs(3), "{gaps:?}");
}

#[tokio::test]
async fn an_activity_without_a_policy_is_tried_again_after_a_second() {
    let (gaps, said) = noted(Noting::Once).await;
    assert_eq!((gaps.len(), &*said), (1, "2"));
    assert!(gaps[0] >= Duration::from_secs(1), "{gaps:?}");
}

/// Fails with an error of the type that it is told, until its third attempt.
#[activity(
    start_to_close_timeout = "10s",
    retry_policy(initial_interval = "10ms", non_retryable_error_types("Hopeless", "Forbidden"))
)]
async fn fail_with(ctx: &ActivityContext, kind: String) -> Result<u32, ApplicationFailure> {
    match ctx.info().attempt {
        attempt @ 3.. => Ok(attempt),
        attempt => {
            let failure = ApplicationFailure::builder(format!("attempt {attempt} fails"));
            Err(failure.type_name(kind).build())
        }
    }
}

#[workflow]
#[derive(Default)]
struct Choosy;

#[workflow]
impl Choosy {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, kind: String) -> WorkflowResult<u32> {
        Ok(fail_with::execute(ctx, kind).await?)
    }
}

#[tokio::test]
async fn failures_of_the_types_that_are_named_are_not_tried_again() {
    let register = |worker: Worker| worker.workflow::<Choosy>().activity::<fail_with>();
    with_worker(register, async |client, queue| {
        let start = |kind: &str| Choosy::start(client, kind).id(unique("choosy")).task_queue(queue);
        assert_eq!(start("Passing").execute().await.unwrap(), 3);
        for kind in ["Hopeless", "Forbidden"] {
            let choosy = start(kind).await.unwrap();
            choosy.result().await.unwrap_err();
            let [started] = recorded!(choosy, ActivityTaskStartedEventAttributes).try_into().unwrap();
            assert_eq!(started.attempt, 1, "{kind}");
        }
    })
    .await;
}
