//! The whole of what a schedule starts, as the first event of a workflow records it.

use durably::{
    Priority,
    temporal::common::search_attributes::{SearchAttributeKey, SearchAttributes},
};
use durably_tests::{client, event, search_attribute, unique};

use super::*;

const TEAM: SearchAttributeKey<String> = SearchAttributeKey::keyword("DurablyTeam");

#[tokio::test]
async fn a_workflow_is_started_with_all_that_the_schedule_says() {
    let client = client().await;
    search_attribute(&client, TEAM.name()).await;
    let mut policy = RetryPolicy::default();
    policy.set_initial_interval(2 * SECOND).set_backoff_coefficient(1.5).set_maximum_interval(Some(9 * SECOND));
    policy.set_maximum_attempts(4).set_non_retryable_error_types(["Fatal"]);
    let queue = unique("nobody-polls");
    let id = unique("report");
    let schedule = Report::schedule(&client, unique("whole"), unique("Ada"), 7)
        .workflow_id(&id)
        .task_queue(&queue)
        .calendar(yearly())
        .execution_timeout(300 * SECOND)
        .run_timeout(200 * SECOND)
        .task_timeout(7 * SECOND)
        .retry_policy(policy)
        .workflow_memo(memo("Grace"))
        .workflow_search_attributes(SearchAttributes::new([TEAM.value_set("red".to_owned())]))
        .static_summary("in one line")
        .static_details("in\nmore lines")
        .priority(Priority::builder().priority_key(2).build())
        .trigger_immediately()
        .create()
        .await
        .unwrap();
    let report = Report::handle(&client, started(&schedule, 1).await.remove(0));
    assert!(report.workflow_id().starts_with(&format!("{id}-")), "{}", report.workflow_id());

    let begun = event!(report, WorkflowExecutionStartedEventAttributes);
    let timeouts = [begun.workflow_execution_timeout, begun.workflow_run_timeout, begun.workflow_task_timeout];
    assert_eq!(timeouts.map(|timeout| timeout.unwrap().seconds), [300, 200, 7]);
    let policy = begun.retry_policy.unwrap();
    assert_eq!([policy.initial_interval, policy.maximum_interval].map(|time| time.unwrap().seconds), [2, 9]);
    assert_eq!((policy.backoff_coefficient, policy.maximum_attempts), (1.5, 4));
    assert_eq!(policy.non_retryable_error_types, ["Fatal"]);
    assert_eq!(begun.priority.unwrap().priority_key, 2);
    assert_eq!(begun.task_queue.unwrap().name, queue);

    let described = report.describe().await.unwrap();
    assert_eq!(described.memo().get::<String>("owner").unwrap().as_deref(), Some("Grace"));
    assert_eq!(described.search_attributes().get(&TEAM).as_deref(), Some("red"));
    assert_eq!(described.static_summary(), Some("in one line"));
    assert_eq!(described.static_details(), Some("in\nmore lines"));
    report.terminate().await.unwrap();
    schedule.delete().await.unwrap();
}

/// Its policies about ids are for starts by clients.
#[workflow(task_queue = "nobody-polls", id_reuse_policy = RejectDuplicate, id_conflict_policy = UseExisting)]
#[derive(Default)]
struct Unique;

#[workflow]
impl Unique {
    #[run(id = "unique-{name}")]
    async fn run(name: String) -> String {
        name
    }
}

#[tokio::test]
async fn policies_about_ids_do_not_keep_a_workflow_from_being_scheduled() {
    let client = client().await;
    let create = Unique::schedule(&client, unique("unique"), unique("Ada")).calendar(yearly());
    create.create().await.unwrap().delete().await.unwrap();
}
