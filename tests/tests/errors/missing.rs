//! Ids of nothing: workflows, runs, updates, namespaces.

use durably::{
    RpcOptions, UpdateError, WorkflowInteractionError, calls::Verb, namespace::NamespaceError, schedule::ScheduleError,
    temporal::client::tonic::Code,
};
use durably_tests::{address, client, unique, with_worker};

use super::{verbs::said, *};

#[tokio::test]
async fn every_verb_of_a_workflow_that_is_not_there_is_not_found() {
    let client = client().await;
    let lamp = Lamp::handle(&client, unique("nobody"));
    let all = verbs(&lamp, &RpcOptions::default()).await;
    for Said { verb, not_found, code, message, .. } in all {
        assert_eq!((not_found, code), (true, Some(Code::NotFound)), "{message}");
        let what = match verb {
            Verb::Signal | Verb::Update | Verb::Cancel | Verb::Terminate => "no running workflow of this id is found (",
            _ => "no workflow of this id is found (",
        };
        assert!(message.contains(what), "{message}");
        assert!(message.contains("is the id right, in namespace `default`, or "), "{message}");
    }
    let history = lamp.history().into_events().await.unwrap_err();
    assert!(matches!(*history, WorkflowInteractionError::NotFound(_)), "{history:?}");
    assert!(history.to_string().starts_with(&format!("history of workflow `{}`: ", lamp.workflow_id())), "{history}");
    let history = lamp.history().to_json().await.unwrap_err();
    assert_eq!((history.call.verb, history.workflow_id()), (Verb::History, Some(lamp.workflow_id())), "{history}");
}

#[tokio::test]
async fn a_run_that_is_not_there_is_not_found() {
    with_worker(
        |worker| worker.workflow::<Lamp>(),
        async |client, queue| {
            let started = Lamp::start(client).id(unique("lamp")).task_queue(queue).await.unwrap();
            let run = "01234567-89ab-4cde-8f01-23456789abcd";
            let lamp = started.for_run(run);
            for Said { not_found, code, message, .. } in verbs(&lamp, &RpcOptions::default()).await {
                assert_eq!((not_found, code), (true, Some(Code::NotFound)), "{message}");
                assert!(message.contains(&format!("` in run `{run}`: ")), "{message}");
                assert!(message.contains("is the run id right"), "{message}");
            }
            // An id of a run that is none at all is another mistake, and the server says which.
            let Said { code, message, .. } = said(started.for_run("yesterday's").describe().await);
            assert_eq!(code, Some(Code::InvalidArgument));
            assert!(message.contains("RunId"), "{message}");
            started.terminate().await.unwrap();
        },
    )
    .await;
}

#[tokio::test]
async fn an_update_that_is_not_there_is_not_found() {
    with_worker(
        |worker| worker.workflow::<Lamp>(),
        async |client, queue| {
            let lamp = Lamp::start(client).id(unique("lamp")).task_queue(queue).await.unwrap();
            let error = lamp.update_handle::<bool>("no-such-update").result().await.unwrap_err();
            assert!(matches!(*error, UpdateError::NotFound(_)), "{error:?}");
            assert_eq!(error.call.update_id.as_deref(), Some("no-such-update"));
            let begin = format!("update of id `no-such-update` of workflow `{}`", lamp.workflow_id());
            assert!(error.to_string().starts_with(&begin), "{error}");
            assert!(error.to_string().contains("are the workflow id and the update id right"), "{error}");
            lamp.terminate().await.unwrap();
        },
    )
    .await;
}

#[tokio::test]
async fn a_namespace_that_is_not_there_is_named_by_every_verb() {
    let client = durably::client().address(address()).namespace("no-such-place").await.unwrap();
    let lamp = Lamp::handle(&client, "lamp");
    let mut all = verbs(&lamp, &RpcOptions::default()).await;
    all.extend(starts(&client, "lamp", &RpcOptions::default()).await);
    all.push(said(glow::async_handle_by_id(&client, "lamp", "glow").complete(()).await));
    all.push(said(lamp.history().into_events().await));
    for Said { code, message, .. } in all {
        assert_eq!(code, Some(Code::NotFound), "{message}");
        assert!(
            message.ends_with(": there is no namespace `no-such-place`; register it, or give the client another one"),
            "{message}"
        );
    }
    let schedule = Lamp::schedule_handle(&client, "nightly");
    for error in [
        schedule.describe().await.unwrap_err(),
        schedule.pause("why").await.unwrap_err(),
        schedule.update(|schedule| schedule.note("why")).await.unwrap_err(),
        schedule.trigger().await.unwrap_err(),
        schedule.delete().await.unwrap_err(),
        Lamp::schedule(&client, "nightly").workflow_id("lamp").task_queue("nobody").create().await.unwrap_err(),
    ] {
        assert!(matches!(error, ScheduleError::NotFound { .. }), "{error:?}");
        assert!(error.to_string().starts_with("schedule `nightly` "), "{error}");
        assert!(error.to_string().contains("no-such-place"), "{error}");
    }
    let namespace = durably::namespace(&client, "no-such-place");
    for error in [
        namespace.describe().await.unwrap_err(),
        namespace.update().description("none").await.unwrap_err(),
        namespace.delete().await.unwrap_err(),
    ] {
        assert!(matches!(error, NamespaceError::NotFound { .. }), "{error:?}");
        assert!(error.to_string().starts_with("namespace `no-such-place` "), "{error}");
    }
}

#[tokio::test]
async fn every_verb_of_a_schedule_that_is_not_there_is_not_found() {
    let client = client().await;
    let id = unique("nightly");
    let schedule = Lamp::schedule_handle(&client, &id);
    for error in [
        schedule.describe().await.unwrap_err(),
        schedule.pause("why").await.unwrap_err(),
        schedule.unpause("why").await.unwrap_err(),
        schedule.update(|schedule| schedule.note("why")).await.unwrap_err(),
        schedule.trigger().await.unwrap_err(),
        schedule.delete().await.unwrap_err(),
    ] {
        assert!(matches!(error, ScheduleError::NotFound { .. }), "{error:?}");
        assert!(error.to_string().starts_with(&format!("schedule `{id}` is not found")), "{error}");
    }
}
