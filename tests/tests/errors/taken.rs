//! Workflow ids that are taken, and options that do not go together.

use durably::{
    CallError, ExecuteError, StartWithUpdateError, WorkflowIdConflictPolicy, WorkflowIdReusePolicy, WorkflowStartError,
    temporal::client::tonic::Code,
};
use durably_tests::{client, unique};

use super::{verbs::said, *};

#[tokio::test]
async fn an_id_that_is_taken_is_named_by_every_start() {
    let client = client().await;
    let id = unique("lamp");
    let start = || Lamp::start(&client).id(&id).task_queue("nobody");
    let lamp = start().await.unwrap();

    let again = start().await.unwrap_err();
    let CallError { kind: WorkflowStartError::AlreadyStarted { run_id, .. }, .. } = &again else { panic!("{again:?}") };
    assert_eq!(run_id.as_deref(), lamp.first_execution_run_id());
    let begin = format!("start of `Lamp` as workflow `{id}`: a workflow of this id is there already (");
    assert!(again.to_string().starts_with(&begin), "{again}");
    assert!(again.to_string().contains("use another id, or say with `id_conflict_policy`"), "{again}");

    let again = start().start_delay(Duration::from_secs(1)).await.unwrap_err();
    assert!(matches!(*again, WorkflowStartError::AlreadyStarted { .. }), "{again:?}");
    assert!(again.to_string().starts_with(&begin), "{again}");

    let again = start().execute().await.unwrap_err();
    assert!(matches!(*again, ExecuteError::Start(WorkflowStartError::AlreadyStarted { .. })), "{again:?}");
    assert!(again.to_string().starts_with(&begin), "{again}");

    let again = start().id_conflict_policy(WorkflowIdConflictPolicy::Fail).with_update(|lamp| lamp.switch()).await;
    let again = again.unwrap_err();
    assert!(matches!(*again, StartWithUpdateError::Start(WorkflowStartError::AlreadyStarted { .. })), "{again:?}");
    let begin =
        format!("start of `Lamp` with update `switch` as workflow `{id}`: a workflow of this id is there already (");
    assert!(again.to_string().starts_with(&begin), "{again}");

    lamp.terminate().await.unwrap();
    let again =
        start().id_reuse_policy(WorkflowIdReusePolicy::RejectDuplicate).with_signal(|lamp| lamp.switch_on()).await;
    let again = again.unwrap_err();
    assert!(matches!(*again, WorkflowStartError::AlreadyStarted { .. }), "{again:?}");
    assert!(again.to_string().starts_with("start of `Lamp` with signal `switch_on` as workflow `"), "{again}");
}

#[tokio::test]
async fn a_start_that_the_server_refuses_says_what_is_wrong() {
    let client = client().await;
    let refused = said(Lamp::start(&client).id(unique("lamp")).task_queue("").await);
    assert_eq!(refused.code, Some(Code::InvalidArgument));
    assert!(
        refused.message.to_lowercase().contains("task queue") || refused.message.contains("TaskQueue"),
        "{refused:?}"
    );
    let refused = said(Lamp::start(&client).id("").task_queue("nobody").await);
    assert_eq!(refused.code, Some(Code::InvalidArgument));
    assert!(refused.message.contains("WorkflowId"), "{refused:?}");
    let refused = said(Lamp::start(&client).id(unique("lamp")).task_queue("nobody").cron_schedule("soon").await);
    assert_eq!(refused.code, Some(Code::InvalidArgument));
    assert!(refused.message.to_lowercase().contains("cron"), "{refused:?}");
}

#[tokio::test]
async fn options_that_do_not_go_together_are_told_with_the_workflow() {
    let client = client().await;
    let start = || Lamp::start(&client).id("lamp").task_queue("nobody");
    for (start, word) in [
        (start().start_delay(Duration::from_secs(1)), "`start_delay`"),
        (start().cron_schedule("0 * * * *"), "`cron_schedule`"),
        (start().with_signal(|lamp| lamp.switch_on()), "`with_signal`"),
    ] {
        let error = start.with_update(|lamp| lamp.switch()).await.unwrap_err();
        assert!(matches!(*error, StartWithUpdateError::Options(_)), "{error:?}");
        assert!(error.to_string().starts_with("start of `Lamp` with update `switch` as workflow `lamp`: "), "{error}");
        assert!(error.to_string().contains(word), "{error}");
    }
}
