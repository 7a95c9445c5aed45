//! Deadlines that pass.

use std::time::Instant;

use durably::{calls::Verb, temporal::client::tonic::Code};
use durably_tests::{client, unique};

use super::{
    verbs::said,
    wire::{Wire, soon},
    *,
};

#[tokio::test]
async fn where_the_server_does_not_answer_every_verb_says_that_the_deadline_has_passed() {
    let wire = Wire::new().await;
    wire.stop();
    let begun = Instant::now();
    let mut all = verbs(&Lamp::handle(&wire.client, "lamp"), &soon()).await;
    all.extend(starts(&wire.client, "lamp", &soon()).await);
    for Said { not_found, code, message, .. } in all {
        let late = matches!(code, Some(Code::DeadlineExceeded | Code::Cancelled));
        assert!(late && !not_found, "{code:?} {message}");
        assert!(message.contains(": there was no answer in time ("), "{message}");
        assert!(message.contains("give it more time with `rpc_options`"), "{message}");
    }
    assert!(begun.elapsed() < Duration::from_secs(30), "after {:?}", begun.elapsed());
}

#[tokio::test]
async fn where_no_worker_answers_a_deadline_says_to_look_for_one() {
    let client = client().await;
    let lamp = Lamp::start(&client).id(unique("lamp")).task_queue(unique("nobody")).await.unwrap();
    let begun = Instant::now();
    for said in [said(lamp.on().rpc_options(soon()).await), said(lamp.switch().rpc_options(soon()).await)] {
        assert!(matches!(said.code, Some(Code::DeadlineExceeded | Code::Cancelled)), "{said:?}");
        assert!(matches!(said.verb, Verb::Query | Verb::Update), "{said:?}");
        assert!(said.message.ends_with("see whether a worker polls the task queue of the workflow"), "{said:?}");
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "after {:?}", begun.elapsed());
    // A result is waited for with as many RPCs as it takes; what bounds all of them is a timeout around.
    tokio::time::timeout(Duration::from_millis(300), lamp.result()).await.expect_err("nobody runs it");
    lamp.terminate().await.unwrap();
}
