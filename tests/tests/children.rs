//! Child workflows.

use durably::{
    ChildWorkflowCancellationType, ChildWorkflowStartError, ParentClosePolicy, Priority, WorkflowExecutionStatus,
    WorkflowIdReusePolicy,
    calls::ChildWorkflowError,
    prelude::*,
    temporal::{
        common::{
            error::{IncomingError, StartChildWorkflowExecutionFailedCause},
            protos::temporal::api::history::v1::StartChildWorkflowExecutionInitiatedEventAttributes,
            search_attributes::{SearchAttributeKey, SearchAttributes},
        },
        workflow::WorkflowIdReusePolicy as ChildIdReusePolicy,
    },
};
use durably_tests::{Attributes, awaited, client, history::events, recorded, search_attribute, unique};

const TEAM: SearchAttributeKey<String> = SearchAttributeKey::keyword("DurablyTeam");

/// Collects what it is told until it is closed, cancelled, or told to fail.
#[workflow(run_timeout = "10m", retry_policy(maximum_attempts = 1))]
#[derive(Default)]
struct Collector {
    heard: Vec<String>,
    closed: bool,
    broken: bool,
}

#[workflow]
impl Collector {
    #[run(id = "collector-{name}")]
    async fn run(ctx: &WorkflowContext<Self>, name: String) -> WorkflowResult<Vec<String>> {
        ctx.wait_condition(|w| w.closed || w.broken).await?;
        if ctx.state(|w| w.broken) {
            return Err(ApplicationFailure::non_retryable(format!("{name} is broken")).into());
        }
        Ok(ctx.state(|w| w.heard.clone()))
    }

    #[signal]
    fn hear(&mut self, what: String, times: usize) {
        self.heard.extend(std::iter::repeat_n(what, times));
    }

    #[signal(name = "exit")]
    fn close(&mut self) {
        self.closed = true;
    }

    #[signal]
    fn break_down(&mut self) {
        self.broken = true;
    }
}

/// Its children's ids are random.
#[workflow]
#[derive(Default)]
struct Doubles;

#[workflow]
impl Doubles {
    #[run]
    async fn run(number: u32) -> u32 {
        number * 2
    }
}

#[workflow]
#[derive(Default)]
struct Parent;

#[workflow]
impl Parent {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, name: String) -> WorkflowResult<Vec<String>> {
        let collector = Collector::child(ctx, &name).await?;
        let (id, run_id) = (collector.workflow_id().to_owned(), collector.run_id().to_owned());
        collector.hear("tick", 2_usize).await?;
        collector.close().await?;
        let heard = collector.result().await?;
        let doubled = Doubles::child(ctx, 21).execute().await?;
        let random = Doubles::child(ctx, 1).await?;
        let random_id = random.workflow_id().to_owned();
        let two = random.result().await?;
        Ok(vec![id, run_id, heard.join(" "), doubled.to_string(), random_id, two.to_string()])
    }
}

#[tokio::test]
async fn a_child_is_started_signalled_and_awaited() {
    let client = client().await;
    let queue = unique("children");
    let worker = Worker::new(&client, &queue)
        .workflow::<Parent>()
        .workflow::<Collector>()
        .workflow::<Doubles>()
        .start()
        .unwrap();

    let name = unique("child");
    let parent = Parent::start(&client, &name).id(unique("parent")).task_queue(&queue).await.unwrap();
    let said = parent.result().await.unwrap();
    let [id, run_id, heard, doubled, random_id, two] = <[String; 6]>::try_from(said).unwrap();
    assert_eq!([id, heard, doubled, two], [format!("collector-{name}"), "tick tick".into(), "42".into(), "2".into()]);

    let started = recorded!(parent, ChildWorkflowExecutionStartedEventAttributes);
    let executions: Vec<_> = started.into_iter().map(|event| event.workflow_execution.unwrap()).collect();
    assert_eq!(executions[0].run_id, run_id);
    assert_ne!(executions[1].workflow_id, executions[2].workflow_id);
    assert_eq!(executions[2].workflow_id, random_id);

    let collector = Collector::handle(&client, format!("collector-{name}"));
    let [begun] = recorded!(collector, WorkflowExecutionStartedEventAttributes).try_into().unwrap();
    assert_eq!(begun.parent_workflow_execution.unwrap().workflow_id, parent.workflow_id());

    worker.shutdown().await.unwrap();
}

#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
enum Ending {
    Fail,
    CancelHandle,
    CancelResult,
    Terminate,
    RunTimeout,
    ExecutionTimeout,
}

#[workflow]
#[derive(Default)]
struct Mourner;

#[workflow]
impl Mourner {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, name: String, ending: Ending) -> WorkflowResult<String> {
        let collector =
            Collector::child(ctx, &name).cancellation_type(ChildWorkflowCancellationType::WaitCancellationCompleted);
        let collector = match ending {
            Ending::RunTimeout => collector.run_timeout(Duration::from_secs(1)),
            Ending::ExecutionTimeout => collector.execution_timeout(Duration::from_secs(1)),
            _ => collector,
        };
        let collector = collector.await?;
        let result = match ending {
            Ending::Fail => {
                collector.break_down().await?;
                collector.result()
            }
            Ending::CancelHandle => {
                collector.cancel("no longer needed");
                collector.result()
            }
            Ending::CancelResult => {
                let result = collector.result();
                result.cancel("no longer wanted");
                result
            }
            Ending::Terminate | Ending::RunTimeout | Ending::ExecutionTimeout => collector.result(),
        };
        let error = result.await.unwrap_err();
        Ok(match error.reason() {
            Some(IncomingError::Application(failure)) => format!("failed: {failure}"),
            Some(IncomingError::Timeout(timeout)) => format!("timed out: {:?}", timeout.timeout_type()),
            Some(IncomingError::Cancelled(_)) => "cancelled".to_owned(),
            Some(IncomingError::Terminated(_)) => "terminated".to_owned(),
            _ => format!("{error:?}"),
        })
    }
}

#[tokio::test]
async fn how_a_child_ended_is_typed() {
    let client = client().await;
    let queue = unique("endings");
    let worker = Worker::new(&client, &queue).workflow::<Mourner>().workflow::<Collector>().start().unwrap();

    for (ending, expected) in [
        (Ending::Fail, "is broken"),
        (Ending::CancelHandle, "cancelled"),
        (Ending::CancelResult, "cancelled"),
        (Ending::Terminate, "terminated"),
        (Ending::RunTimeout, "timed out: StartToClose"),
        (Ending::ExecutionTimeout, "timed out: StartToClose"),
    ] {
        let name = unique("mourned");
        let mourner = Mourner::start(&client, &name, ending).id(unique("mourner")).task_queue(&queue).await.unwrap();
        let collector = Collector::handle(&client, format!("collector-{name}"));
        if matches!(ending, Ending::Terminate) {
            awaited!(mourner, ChildWorkflowExecutionStartedEventAttributes);
            collector.terminate().reason("enough").await.unwrap();
        }
        let said = mourner.result().await.unwrap();
        assert!(said.ends_with(expected), "{ending:?}: {said}");
        let reasons: Vec<_> = recorded!(collector, WorkflowExecutionCancelRequestedEventAttributes)
            .into_iter()
            .map(|event| event.cause)
            .collect();
        match ending {
            Ending::CancelHandle => assert_eq!(reasons, ["no longer needed"]),
            Ending::CancelResult => assert_eq!(reasons, ["no longer wanted"]),
            _ => assert!(reasons.is_empty(), "{ending:?}: {reasons:?}"),
        }
    }

    worker.shutdown().await.unwrap();
}

#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
enum Leaving {
    Unsaid,
    Terminate,
    Abandon,
    RequestCancel,
}

#[workflow]
#[derive(Default)]
struct Leaves;

#[workflow]
impl Leaves {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, name: String, leaving: Leaving) -> WorkflowResult<()> {
        let child = Collector::child(ctx, name);
        let child = match leaving {
            Leaving::Unsaid => child,
            Leaving::Terminate => child.parent_close_policy(ParentClosePolicy::Terminate),
            Leaving::Abandon => child.parent_close_policy(ParentClosePolicy::Abandon),
            Leaving::RequestCancel => child.parent_close_policy(ParentClosePolicy::RequestCancel),
        };
        child.await?;
        Ok(())
    }
}

#[tokio::test]
async fn what_becomes_of_a_child_is_what_its_parent_close_policy_says() {
    let client = client().await;
    let queue = unique("leaves");
    let worker = Worker::new(&client, &queue).workflow::<Leaves>().workflow::<Collector>().start().unwrap();

    for (leaving, ending) in [
        (Leaving::Unsaid, Some(WorkflowExecutionStatus::Terminated)),
        (Leaving::Terminate, Some(WorkflowExecutionStatus::Terminated)),
        (Leaving::RequestCancel, Some(WorkflowExecutionStatus::Canceled)),
        (Leaving::Abandon, None),
    ] {
        let name = unique("left");
        Leaves::start(&client, &name, leaving).id(unique("leaves")).task_queue(&queue).execute().await.unwrap();
        let left = Collector::handle(&client, format!("collector-{name}"));
        match ending {
            Some(ending) => {
                left.result().await.unwrap_err();
                assert_eq!(left.describe().await.unwrap().status(), ending, "{leaving:?}");
            }
            None => {
                left.hear("still here", 1_usize).await.unwrap();
                left.close().await.unwrap();
                assert_eq!(left.result().await.unwrap(), ["still here"]);
            }
        }
    }

    worker.shutdown().await.unwrap();
}

#[workflow]
#[derive(Default)]
struct Latecomer;

#[workflow]
impl Latecomer {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, name: String) -> WorkflowResult<String> {
        let started = Collector::child(ctx, &name).await;
        let Err(ChildWorkflowStartError::StartFailed { workflow_id, workflow_type, cause }) = started else {
            return Ok("started".to_owned());
        };
        assert_eq!(cause, StartChildWorkflowExecutionFailedCause::WorkflowAlreadyExists);
        match Collector::child(ctx, &name).execute().await {
            Err(ChildWorkflowError::Start(_)) => Ok(format!("{workflow_type} {workflow_id}")),
            other => Ok(format!("{other:?}")),
        }
    }
}

#[tokio::test]
async fn a_start_that_the_service_refuses_is_typed() {
    let client = client().await;
    let queue = unique("latecomer");
    let worker = Worker::new(&client, &queue).workflow::<Latecomer>().workflow::<Collector>().start().unwrap();

    let name = unique("taken");
    let first = Collector::start(&client, &name).task_queue(&queue).await.unwrap();
    let latecomer = Latecomer::start(&client, &name).id(unique("latecomer")).task_queue(&queue);
    assert_eq!(latecomer.execute().await.unwrap(), format!("Collector collector-{name}"));
    first.terminate().await.unwrap();

    worker.shutdown().await.unwrap();
}

/// Its attribute has an option of each kind a child takes over.
#[workflow(
    task_queue = "durably-tests-nobody-polls",
    execution_timeout = "1h",
    run_timeout = "30m",
    task_timeout = "20s",
    id_reuse_policy = AllowDuplicateFailedOnly,
    retry_policy(initial_interval = "3s", maximum_attempts = 4, non_retryable_error_types("Fatal")),
)]
#[derive(Default)]
struct Optioned;

#[workflow]
impl Optioned {
    #[run]
    async fn run(_number: u8) {}
}

#[workflow]
#[derive(Default)]
struct Chooses;

#[workflow]
impl Chooses {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, id: String, queue: String) -> WorkflowResult<()> {
        let seconds = Duration::from_secs;
        let mut policy = RetryPolicy::default();
        policy.set_initial_interval(seconds(3)).set_backoff_coefficient(1.25).set_maximum_interval(Some(seconds(13)));
        policy.set_maximum_attempts(9).set_non_retryable_error_types(["Lost"]);
        // Neither is waited for: nobody polls the task queue of the first one.
        let defaults = Optioned::child(ctx, 1).id(format!("{id}-defaults"));
        let given = Optioned::child(ctx, 2)
            .id(format!("{id}-given"))
            .task_queue(queue)
            .execution_timeout(seconds(300))
            .run_timeout(seconds(200))
            .task_timeout(seconds(10))
            .retry_policy(policy)
            .id_reuse_policy(ChildIdReusePolicy::RejectDuplicate)
            .parent_close_policy(ParentClosePolicy::RequestCancel)
            .cron_schedule("0 0 1 1 *")
            .priority(Priority::builder().priority_key(4).build())
            .search_attributes(SearchAttributes::new([TEAM.value_set("red".to_owned())]))
            .static_summary("a child")
            .static_details("of many");
        let (defaults, given) = join!(defaults, given);
        let _ = (defaults?, given?);
        Ok(())
    }
}

#[tokio::test]
async fn options_of_a_child_are_recorded() {
    let client = client().await;
    search_attribute(&client, TEAM.name()).await;
    let queue = unique("chooses");
    let worker = Worker::new(&client, &queue).workflow::<Chooses>().workflow::<Optioned>().start().unwrap();

    let chooses = Chooses::start(&client, unique("optioned"), &queue).id(unique("chooses")).task_queue(&queue);
    let chooses = chooses.await.unwrap();
    chooses.result().await.unwrap();
    let [defaults, given] = recorded!(chooses, StartChildWorkflowExecutionInitiatedEventAttributes).try_into().unwrap();

    assert_eq!(defaults.task_queue.as_ref().unwrap().name, "durably-tests-nobody-polls");
    assert_eq!(timeouts(&defaults), [3600, 1800, 20]);
    let policy = defaults.retry_policy.as_ref().unwrap();
    assert_eq!((policy.initial_interval.unwrap().seconds, policy.maximum_attempts), (3, 4));
    assert_eq!(policy.non_retryable_error_types, ["Fatal"]);
    assert_eq!(defaults.workflow_id_reuse_policy, WorkflowIdReusePolicy::AllowDuplicateFailedOnly as i32);
    assert_eq!(defaults.cron_schedule, "");

    assert_eq!(given.task_queue.as_ref().unwrap().name, queue);
    assert_eq!(timeouts(&given), [300, 200, 10]);
    let policy = given.retry_policy.as_ref().unwrap();
    assert_eq!([policy.initial_interval, policy.maximum_interval].map(|time| time.unwrap().seconds), [3, 13]);
    assert_eq!((policy.backoff_coefficient, policy.maximum_attempts), (1.25, 9));
    assert_eq!(policy.non_retryable_error_types, ["Lost"]);
    assert_eq!(given.workflow_id_reuse_policy, WorkflowIdReusePolicy::RejectDuplicate as i32);
    assert_eq!(given.parent_close_policy, ParentClosePolicy::RequestCancel as i32);
    assert_eq!(given.cron_schedule, "0 0 1 1 *");
    assert_eq!(given.priority.as_ref().unwrap().priority_key, 4);
    let described = Optioned::handle(&client, &given.workflow_id).describe().await.unwrap();
    assert_eq!(described.search_attributes().get(&TEAM).as_deref(), Some("red"));
    let initiated = events(&chooses).await.into_iter().find_map(|event| match event.attributes {
        Some(Attributes::StartChildWorkflowExecutionInitiatedEventAttributes(started)) => {
            (started.workflow_id == given.workflow_id).then_some(event.user_metadata?)
        }
        _ => None,
    });
    let texts = initiated.map(|texts| [texts.summary, texts.details].map(|text| text.unwrap().data));
    assert_eq!(texts.unwrap(), [b"\"a child\"".to_vec(), b"\"of many\"".to_vec()]);

    worker.shutdown().await.unwrap();
}

/// The timeouts of the execution, the run and the task, in seconds.
fn timeouts(event: &StartChildWorkflowExecutionInitiatedEventAttributes) -> [i64; 3] {
    [&event.workflow_execution_timeout, &event.workflow_run_timeout, &event.workflow_task_timeout]
        .map(|timeout| timeout.as_ref().map_or(0, |time| time.seconds))
}
