//! Starting: ids, and every option as an attribute and at the call, seen in the first event of the history.

use durably::{
    MemoValues, Priority, SearchAttributeKey, SearchAttributes, WorkflowExecutionStatus, WorkflowIdConflictPolicy,
    WorkflowIdReusePolicy, WorkflowStartError,
    prelude::*,
    temporal::common::protos::temporal::api::{
        common::v1::Header, history::v1::WorkflowExecutionStartedEventAttributes as Started,
    },
};
use durably_tests::{
    client, event, search_attribute, unique,
    wire::{payload, texts},
    with_worker,
};

/// Waits for its end, with a default for every option.
#[workflow(
    name = "waiting for the end",
    task_queue = "starts-of-nobody",
    execution_timeout = "2h",
    run_timeout = "1h30m",
    task_timeout = "7s",
    retry_policy(
        initial_interval = "2s",
        backoff_coefficient = 3.5,
        maximum_interval = "1m",
        maximum_attempts = 4,
        non_retryable_error_types("Fatal", "Worse"),
    ),
    id_reuse_policy = RejectDuplicate,
    id_conflict_policy = UseExisting,
)]
#[derive(Default)]
struct Decided;

#[workflow]
impl Decided {
    #[run(id = "decided-{host}-{{{number}}}")]
    async fn run(host: String, number: u32) -> String {
        format!("{host} {number}")
    }
}

/// The same, with no defaults.
#[workflow]
#[derive(Default)]
struct Undecided {
    over: bool,
}

#[workflow]
impl Undecided {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, answer: u32) -> WorkflowResult<u32> {
        ctx.wait_condition(|w| w.over).await?;
        Ok(answer)
    }

    #[signal]
    fn end(&mut self) {
        self.over = true;
    }
}

fn seconds(duration: Option<impl TryInto<Duration>>) -> Option<f64> {
    duration.map(|duration| duration.try_into().ok().unwrap().as_secs_f64())
}

/// Initial interval, coefficient, maximum interval, attempts, types.
type Policy<'a> = (Option<f64>, f64, Option<f64>, i32, Vec<&'a str>);

fn policy(started: &Started) -> Option<Policy<'_>> {
    let policy = started.retry_policy.as_ref()?;
    Some((
        seconds(policy.initial_interval),
        policy.backoff_coefficient,
        seconds(policy.maximum_interval),
        policy.maximum_attempts,
        policy.non_retryable_error_types.iter().map(String::as_str).collect(),
    ))
}

#[tokio::test]
async fn every_start_begins_with_the_options_of_the_attribute() {
    let client = client().await;
    let host = unique("host");
    let decided = Decided::start(&client, &host, 7).await.unwrap();
    assert_eq!(decided.workflow_id(), format!("decided-{host}-{{7}}"));
    let started = event!(decided, WorkflowExecutionStartedEventAttributes);
    assert_eq!(started.workflow_type.as_ref().unwrap().name, "waiting for the end");
    assert_eq!(started.task_queue.as_ref().unwrap().name, "starts-of-nobody");
    assert_eq!(texts(&started.input), [format!("\"{host}\""), "7".to_owned()]);
    assert_eq!(seconds(started.workflow_execution_timeout), Some(7200.0));
    assert_eq!(seconds(started.workflow_run_timeout), Some(5400.0));
    assert_eq!(seconds(started.workflow_task_timeout), Some(7.0));
    assert_eq!(policy(&started), Some((Some(2.0), 3.5, Some(60.0), 4, vec!["Fatal", "Worse"])));
    assert_eq!(started.cron_schedule, "");
    decided.terminate().await.unwrap();
}

#[tokio::test]
async fn a_call_decides_otherwise() {
    let client = client().await;
    let queue = unique("elsewhere");
    let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
    let mut retry_policy = RetryPolicy::default();
    retry_policy.set_initial_interval(minutes(1)).set_maximum_interval(Some(minutes(2))).set_maximum_attempts(9);
    retry_policy.set_backoff_coefficient(1.5).set_non_retryable_error_types(["Lost"]);
    let decided = Decided::start(&client, unique("host"), 7)
        .id(unique("otherwise"))
        .task_queue(&queue)
        .execution_timeout(minutes(3))
        .run_timeout(minutes(2))
        .task_timeout(minutes(1))
        .retry_policy(retry_policy)
        .await
        .unwrap();
    assert!(decided.workflow_id().starts_with("otherwise-"), "{decided:?}");
    let started = event!(decided, WorkflowExecutionStartedEventAttributes);
    assert_eq!(started.task_queue.as_ref().unwrap().name, queue);
    assert_eq!(seconds(started.workflow_execution_timeout), Some(180.0));
    assert_eq!(seconds(started.workflow_run_timeout), Some(120.0));
    assert_eq!(seconds(started.workflow_task_timeout), Some(60.0));
    assert_eq!(policy(&started), Some((Some(60.0), 1.5, Some(120.0), 9, vec!["Lost"])));
    decided.terminate().await.unwrap();
}

#[tokio::test]
async fn a_call_decides_what_no_attribute_has() {
    let client = client().await;
    let start = Undecided::start(&client, 1).id(unique("decided")).task_queue(unique("nobody"));
    let undecided = start.run_timeout(Duration::from_millis(90_500)).await.unwrap();
    let started = event!(undecided, WorkflowExecutionStartedEventAttributes);
    assert_eq!(seconds(started.workflow_run_timeout), Some(90.5));
    assert_eq!(policy(&started), None, "a workflow is not retried unless asked to");
    undecided.terminate().await.unwrap();
}

#[tokio::test]
async fn memo_summary_and_details_are_kept() {
    let client = client().await;
    let mut memo = MemoValues::new();
    memo.insert("owner", "Ada".to_owned()).insert("budget", 7_u32);
    let undecided = Undecided::start(&client, 1)
        .id(unique("memo"))
        .task_queue(unique("nobody"))
        .memo(memo)
        .static_summary("in one line")
        .static_details("in\nmore lines")
        .await
        .unwrap();
    let description = undecided.describe().await.unwrap();
    assert_eq!(description.memo().get::<String>("owner").unwrap().as_deref(), Some("Ada"));
    assert_eq!(description.memo().get::<u32>("budget").unwrap(), Some(7));
    assert_eq!(description.static_summary(), Some("in one line"));
    assert_eq!(description.static_details(), Some("in\nmore lines"));
    let started = event!(undecided, WorkflowExecutionStartedEventAttributes);
    assert_eq!(started.memo.unwrap().fields["owner"].data, b"\"Ada\"");
    undecided.terminate().await.unwrap();
}

#[tokio::test]
async fn search_attributes_are_set() {
    let client = client().await;
    search_attribute(&client, "DurablyTestsTeam").await;
    let team = SearchAttributeKey::keyword("DurablyTestsTeam");
    let undecided = Undecided::start(&client, 1)
        .id(unique("searched"))
        .task_queue(unique("nobody"))
        .search_attributes(SearchAttributes::new([team.value_set("red".to_owned())]))
        .await
        .unwrap();
    let description = undecided.describe().await.unwrap();
    assert_eq!(description.search_attributes().get(&team).as_deref(), Some("red"));
    undecided.terminate().await.unwrap();
}

/// Runs now and then.
#[workflow(cron_schedule = "0 3 1 1 *", task_queue = "starts-of-nobody")]
#[derive(Default)]
struct Periodic;

#[workflow]
impl Periodic {
    #[run]
    async fn run() {}
}

#[tokio::test]
async fn a_cron_schedule_is_given_by_the_attribute_or_the_call() {
    let client = client().await;
    let periodic = Periodic::start(&client).id(unique("cron")).await.unwrap();
    let started = event!(periodic, WorkflowExecutionStartedEventAttributes);
    assert_eq!(started.cron_schedule, "0 3 1 1 *");
    assert!(seconds(started.first_workflow_task_backoff).unwrap() > 0.0, "it waits for its time");
    periodic.terminate().await.unwrap();

    let periodic = Periodic::start(&client).id(unique("cron")).cron_schedule("0 4 1 1 *").await.unwrap();
    assert_eq!(event!(periodic, WorkflowExecutionStartedEventAttributes).cron_schedule, "0 4 1 1 *");
    periodic.terminate().await.unwrap();
}

#[tokio::test]
async fn a_cron_schedule_the_server_cannot_read_is_refused() {
    let client = client().await;
    let error = Periodic::start(&client).id(unique("cron")).cron_schedule("now and then").await.unwrap_err();
    assert!(error.to_string().to_lowercase().contains("cron"), "{error}");
}

#[tokio::test]
async fn the_id_of_a_closed_workflow_is_used_again_as_the_reuse_policy_says() {
    let client = client().await;
    let host = unique("reused");
    let first = Decided::start(&client, &host, 1).await.unwrap();
    first.terminate().await.unwrap();
    let error = Decided::start(&client, &host, 1).await.unwrap_err();
    assert!(matches!(*error, WorkflowStartError::AlreadyStarted { .. }), "{error:?}");

    let again = Decided::start(&client, &host, 1).id_reuse_policy(WorkflowIdReusePolicy::AllowDuplicate);
    let again = again.await.unwrap();
    assert_ne!(again.run_id(), first.run_id());
    again.terminate().await.unwrap();
    let failed_only = WorkflowIdReusePolicy::AllowDuplicateFailedOnly;
    let third = Decided::start(&client, &host, 1).id_reuse_policy(failed_only).await.unwrap();
    assert_ne!(third.run_id(), again.run_id());
    third.terminate().await.unwrap();
}

#[tokio::test]
async fn a_completed_workflow_is_no_failed_one() {
    with_worker(
        |worker| worker.workflow::<Decided>(),
        async |client, queue| {
            let host = unique("completed");
            let result = Decided::start(client, &host, 1).task_queue(queue).execute().await.unwrap();
            assert_eq!(result, format!("{host} 1"));
            let failed_only = WorkflowIdReusePolicy::AllowDuplicateFailedOnly;
            let error = Decided::start(client, &host, 1).id_reuse_policy(failed_only).await.unwrap_err();
            assert!(matches!(*error, WorkflowStartError::AlreadyStarted { .. }), "{error:?}");
        },
    )
    .await;
}

#[tokio::test]
async fn a_start_while_the_id_is_running_does_as_the_conflict_policy_says() {
    let client = client().await;
    let host = unique("conflict");
    let first = Decided::start(&client, &host, 1).await.unwrap();
    let same = Decided::start(&client, &host, 1).await.unwrap();
    assert_eq!(same.run_id(), first.run_id(), "the attribute says UseExisting");

    let error = Decided::start(&client, &host, 1).id_conflict_policy(WorkflowIdConflictPolicy::Fail).await.unwrap_err();
    let WorkflowStartError::AlreadyStarted { run_id, .. } = error.kind else { panic!("{error:?}") };
    assert_eq!(run_id.as_deref(), first.run_id());

    let terminating = Decided::start(&client, &host, 1)
        .id_conflict_policy(WorkflowIdConflictPolicy::TerminateExisting)
        .id_reuse_policy(WorkflowIdReusePolicy::AllowDuplicate);
    let second = terminating.await.unwrap();
    assert_ne!(second.run_id(), first.run_id());
    let first = second.for_run(first.run_id().unwrap());
    assert_eq!(first.describe().await.unwrap().status(), WorkflowExecutionStatus::Terminated);
    second.terminate().await.unwrap();
}

#[tokio::test]
async fn without_a_conflict_policy_a_running_id_is_refused() {
    let client = client().await;
    let (id, queue) = (unique("refused"), unique("nobody"));
    let first = Undecided::start(&client, 1).id(&id).task_queue(&queue).await.unwrap();
    let error = Undecided::start(&client, 1).id(&id).task_queue(&queue).execute().await.unwrap_err();
    assert!(error.to_string().contains(first.run_id().unwrap()), "{error}");
    first.terminate().await.unwrap();
}

#[tokio::test]
async fn execute_starts_and_waits() {
    with_worker(
        |worker| worker.workflow::<Undecided>(),
        async |client, queue| {
            let start = Undecided::start(client, 42).id(unique("executed")).task_queue(queue);
            assert_eq!(start.with_signal(|w| w.end()).execute().await.unwrap(), 42);
        },
    )
    .await;
}

#[tokio::test]
async fn any_other_option_of_temporals_client_is_reached() {
    let client = client().await;
    let start = Undecided::start(&client, 1).id(unique("header")).task_queue(unique("nobody"));
    let header = Header { fields: [("tenant".to_owned(), payload("json/plain", "7"))].into() };
    let undecided = start.options(|options| options.header = Some(header)).await.unwrap();
    let started = event!(undecided, WorkflowExecutionStartedEventAttributes);
    assert_eq!(started.header.unwrap().fields["tenant"].data, b"7");
    undecided.terminate().await.unwrap();
}

#[tokio::test]
async fn a_priority_is_kept() {
    let client = client().await;
    let start = Undecided::start(&client, 1).id(unique("urgent")).task_queue(unique("nobody"));
    let mut priority = Priority::default();
    priority.priority_key = Some(2);
    let undecided = start.priority(priority).await.unwrap();
    let started = event!(undecided, WorkflowExecutionStartedEventAttributes);
    assert_eq!(started.priority.unwrap().priority_key, 2);
    undecided.terminate().await.unwrap();
}

/// The number of an order.
#[derive(serde::Serialize, serde::Deserialize)]
struct Order {
    customer: Customer,
    r#type: String,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Customer {
    id: u64,
}

/// Has an id made of fields.
#[workflow(task_queue = "starts-of-nobody")]
#[derive(Default)]
struct Delivery;

#[workflow]
impl Delivery {
    #[run(id = "{order.type}/{order.customer.id}-{r#try}")]
    async fn run(order: Order, r#try: u8) -> String {
        format!("{} {} {}", order.r#type, order.customer.id, r#try)
    }
}

#[tokio::test]
async fn an_id_is_made_of_fields_of_arguments() {
    let client = client().await;
    let kind = unique("parcel");
    let order = Order { customer: Customer { id: 7 }, r#type: kind.clone() };
    let delivery = Delivery::start(&client, order, 2).await.unwrap();
    assert_eq!(delivery.workflow_id(), format!("{kind}/7-2"));
    let started = event!(delivery, WorkflowExecutionStartedEventAttributes);
    assert_eq!(texts(&started.input), [format!("{{\"customer\":{{\"id\":7}},\"type\":\"{kind}\"}}"), "2".to_owned()]);
    delivery.terminate().await.unwrap();
}

#[tokio::test]
async fn a_start_may_be_delayed() {
    let client = client().await;
    let id = unique("delayed");
    let start = || Undecided::start(&client, 7).id(&id).task_queue("nobody-polls").start_delay(HOUR);
    let delayed = start().run_timeout(HOUR / 60).static_summary("later").await.unwrap();
    let started = event!(delayed, WorkflowExecutionStartedEventAttributes);
    assert_eq!(started.first_workflow_task_backoff.unwrap().seconds, 3600);
    assert_eq!(started.workflow_run_timeout.unwrap().seconds, 60);
    assert_eq!(texts(&started.input), ["7"]);
    assert_eq!(delayed.describe().await.unwrap().static_summary(), Some("later"));
    let refused = start().await.unwrap_err();
    assert!(matches!(*refused, WorkflowStartError::AlreadyStarted { .. }), "{refused}");
    delayed.terminate().await.unwrap();
}

const HOUR: Duration = Duration::from_secs(3600);
