//! A server that is gone.

use std::time::Instant;

use durably::{RpcOptions, namespace::NamespaceError, schedule::ScheduleError, temporal::client::tonic::Code};

use super::{verbs::said, wire::Wire, *};

#[tokio::test]
async fn where_the_server_is_gone_every_verb_says_that_it_is_unavailable() {
    let wire = Wire::new().await;
    wire.cut().await;
    let client = &wire.client;
    let begun = Instant::now();
    let mut all = verbs(&Lamp::handle(client, "lamp"), &RpcOptions::default()).await;
    all.extend(starts(client, "lamp", &RpcOptions::default()).await);
    all.push(said(Lamp::handle(client, "lamp").history().into_events().await));
    all.push(said(glow::async_handle_by_id(client, "lamp", "glow").complete(()).await));
    for Said { not_found, code, message, .. } in all {
        assert_eq!((not_found, code), (false, Some(Code::Unavailable)), "{message}");
        let place = format!(": the server at http://{}/ cannot be reached (", wire.address);
        assert!(message.contains(&place), "{message}");
        assert!(message.contains("refused"), "what the system says is told: {message}");
    }
    assert!(begun.elapsed() < Duration::from_secs(30), "after {:?}", begun.elapsed());
}

#[tokio::test]
async fn where_the_server_is_gone_schedules_and_namespaces_say_so() {
    let wire = Wire::new().await;
    wire.cut().await;
    let schedule = Lamp::schedule_handle(&wire.client, "nightly");
    for error in [
        schedule.describe().await.unwrap_err(),
        schedule.pause("why").await.unwrap_err(),
        schedule.unpause("why").await.unwrap_err(),
        schedule.update(|schedule| schedule.note("why")).await.unwrap_err(),
        schedule.trigger().await.unwrap_err(),
        schedule.delete().await.unwrap_err(),
        Lamp::schedule(&wire.client, "nightly").workflow_id("lamp").task_queue("nobody").create().await.unwrap_err(),
    ] {
        let ScheduleError::Rpc { schedule_id, source } = &error else { panic!("{error:?}") };
        assert_eq!((schedule_id.as_str(), source.code()), ("nightly", Code::Unavailable));
        assert!(error.to_string().starts_with("schedule `nightly`: "), "{error}");
        assert!(error.to_string().contains("refused"), "{error}");
    }
    let namespace = durably::namespace(&wire.client, "billing");
    for error in [
        namespace.register().await.unwrap_err(),
        namespace.describe().await.unwrap_err(),
        namespace.update().description("none").await.unwrap_err(),
        namespace.delete().await.unwrap_err(),
    ] {
        let NamespaceError::Rpc { name, source } = &error else { panic!("{error:?}") };
        assert_eq!((name.as_str(), source.code()), ("billing", Code::Unavailable));
        assert!(error.to_string().starts_with("namespace `billing`: "), "{error}");
        assert!(error.to_string().contains("refused"), "{error}");
    }
}
