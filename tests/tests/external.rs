//! Workflows that signal and cancel other workflows.

use durably::{CancelExternalWorkflowError, WorkflowSignalError, prelude::*};
use durably_tests::{client, recorded, unique};

/// Waits to be told something, or to be cancelled.
#[workflow]
#[derive(Default)]
struct Listener {
    heard: Option<(String, u8)>,
}

#[workflow]
impl Listener {
    #[run(id = "{id}")]
    async fn run(ctx: &WorkflowContext<Self>, id: String) -> WorkflowResult<String> {
        // A cancellation ends both; of two that are ready, the first counts.
        select! {
            reason = ctx.cancelled() => Ok(format!("{id} cancelled: {}", reason.unwrap_or_default())),
            told = ctx.wait_condition(|w| w.heard.is_some()) => {
                told?;
                let (what, times) = ctx.state(|w| w.heard.clone()).unwrap_or_default();
                Ok(format!("{id} heard {what} {times}"))
            }
        }
    }

    #[signal(name = "tell")]
    fn hear(&mut self, what: String, times: u8) {
        self.heard = Some((what, times));
    }
}

#[workflow]
#[derive(Default)]
struct Speaker;

#[workflow]
impl Speaker {
    #[run]
    async fn run(
        ctx: &WorkflowContext<Self>,
        told: String,
        cancelled: String,
        run_id: Option<String>,
    ) -> WorkflowResult<(String, Option<String>)> {
        let listener = Listener::external(ctx, &told);
        let listener = match run_id {
            Some(run_id) => listener.for_run(ctx, run_id),
            None => listener,
        };
        listener.hear("hello", 3).await?;
        Listener::external(ctx, cancelled).cancel().reason("it is late").await?;
        Ok((listener.workflow_id().to_owned(), listener.run_id().map(str::to_owned)))
    }
}

#[tokio::test]
async fn another_workflow_is_signalled_and_cancelled() {
    let client = client().await;
    let queue = unique("external");
    let worker = Worker::new(&client, &queue).workflow::<Listener>().workflow::<Speaker>().start().unwrap();

    let [told, cancelled] = ["told", "cancelled"].map(unique);
    let listener = Listener::start(&client, &told).task_queue(&queue).await.unwrap();
    let other = Listener::start(&client, &cancelled).task_queue(&queue).await.unwrap();
    let speaker = Speaker::start(&client, &told, &cancelled, None).id(unique("speaker")).task_queue(&queue);
    let speaker = speaker.await.unwrap();
    assert_eq!(speaker.result().await.unwrap(), (told.clone(), None));
    assert_eq!(listener.result().await.unwrap(), format!("{told} heard hello 3"));
    // Temporal's SDK says who asked, too.
    let reason = other.result().await.unwrap();
    assert!(reason.contains(" cancelled: ") && reason.ends_with("it is late"), "{reason}");

    let [sent] = recorded!(speaker, SignalExternalWorkflowExecutionInitiatedEventAttributes).try_into().unwrap();
    assert_eq!((sent.signal_name.as_str(), sent.workflow_execution.unwrap().workflow_id), ("tell", told));
    let [received] = recorded!(listener, WorkflowExecutionSignaledEventAttributes).try_into().unwrap();
    assert_eq!(received.external_workflow_execution.unwrap().workflow_id, speaker.workflow_id());
    assert_eq!(received.input.unwrap().payloads.len(), 2);

    let asked = recorded!(speaker, RequestCancelExternalWorkflowExecutionInitiatedEventAttributes);
    assert!(asked[0].reason.ends_with("it is late"), "{}", asked[0].reason);
    let [request] = recorded!(other, WorkflowExecutionCancelRequestedEventAttributes).try_into().unwrap();
    assert_eq!(request.external_workflow_execution.unwrap().workflow_id, speaker.workflow_id());

    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_handle_may_be_bound_to_a_run() {
    let client = client().await;
    let queue = unique("external-run");
    let worker = Worker::new(&client, &queue).workflow::<Listener>().workflow::<Speaker>().start().unwrap();

    let [told, cancelled] = ["told", "cancelled"].map(unique);
    let listener = Listener::start(&client, &told).task_queue(&queue).await.unwrap();
    let other = Listener::start(&client, &cancelled).task_queue(&queue).await.unwrap();
    let run_id = listener.run_id().map(str::to_owned);
    assert!(run_id.is_some());
    let speaker = Speaker::start(&client, &told, &cancelled, run_id.clone()).id(unique("speaker")).task_queue(&queue);
    let speaker = speaker.await.unwrap();
    assert_eq!(speaker.result().await.unwrap(), (told.clone(), run_id.clone()));
    assert_eq!(listener.result().await.unwrap(), format!("{told} heard hello 3"));
    other.result().await.unwrap();

    let [sent] = recorded!(speaker, SignalExternalWorkflowExecutionInitiatedEventAttributes).try_into().unwrap();
    assert_eq!(Some(sent.workflow_execution.unwrap().run_id), run_id);

    worker.shutdown().await.unwrap();
}

#[workflow]
#[derive(Default)]
struct Lonely;

#[workflow]
impl Lonely {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, nobody: String) -> WorkflowResult<(bool, bool)> {
        let nobody = Listener::external(ctx, nobody);
        let signalled = nobody.hear("hello", 1).await;
        let cancelled = nobody.cancel().await;
        Ok((
            matches!(signalled, Err(WorkflowSignalError::NotFound(_))),
            matches!(cancelled, Err(CancelExternalWorkflowError::NotFound(_))),
        ))
    }
}

#[tokio::test]
async fn nobody_is_not_found() {
    let client = client().await;
    let queue = unique("lonely");
    let worker = Worker::new(&client, &queue).workflow::<Lonely>().start().unwrap();

    let lonely = Lonely::start(&client, unique("nobody")).id(unique("lonely")).task_queue(&queue);
    assert_eq!(lonely.execute().await.unwrap(), (true, true));

    worker.shutdown().await.unwrap();
}
