//! Activities that are finished from outside, and are not there.

use durably::{AsyncActivityError, calls::Verb, temporal::client::tonic::Code};
use durably_tests::{client, unique};

use super::{verbs::said, *};

#[tokio::test]
async fn every_verb_of_an_activity_that_is_not_there_is_not_found() {
    let client = client().await;
    let id = unique("nobody");
    let glowing = glow::async_handle_by_id(&client, &id, "glow-7");
    let all = [
        (said(glowing.complete(()).await), "completing activity `glow` of id `glow-7` in workflow `"),
        (
            said(glowing.fail(ApplicationFailure::new("broken")).await),
            "failing activity `glow` of id `glow-7` in workflow `",
        ),
        (said(glowing.heartbeat(1_u8).await), "heartbeat of activity `glow` of id `glow-7` in workflow `"),
        (
            said(glowing.report_cancellation("off".to_owned()).await),
            "reporting the cancellation of activity `glow` of id `glow-7` in workflow `",
        ),
    ];
    for (said, begin) in all {
        assert_eq!((said.not_found, said.code), (true, Some(Code::NotFound)), "{said:?}");
        assert_eq!(said.workflow_id.as_deref(), Some(id.as_str()));
        assert!(said.message.starts_with(&format!("{begin}{id}`: it is not found (")), "{said:?}");
        assert!(said.message.contains("are the ids right, in namespace `default`"), "{said:?}");
    }
}

#[tokio::test]
async fn a_task_token_that_is_none_is_refused() {
    let client = client().await;
    let error = glow::async_handle(&client, "no token").complete(()).await.unwrap_err();
    let AsyncActivityError::Rpc(status) = &error.kind else { panic!("{error:?}") };
    assert_eq!(status.code(), Code::InvalidArgument);
    assert_eq!((error.call.verb, error.workflow_id()), (Verb::CompleteActivity, None));
    assert!(error.to_string().starts_with("completing activity `glow` by its task token: "), "{error}");
}
