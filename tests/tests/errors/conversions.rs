//! Values of other types than the handle says, and workflows of another type.

use std::collections::HashMap;

use durably::{
    ExecuteError, UpdateError, WorkflowExecutionStatus, WorkflowGetResultError, WorkflowInteractionError,
    WorkflowQueryError, WorkflowStartError, temporal::client::tonic::Code,
};
use durably_tests::{unique, with_worker};

use super::{verbs::said, *};

/// A lamp, says its handle; its answers are of other types.
#[workflow(name = "Lamp")]
#[derive(Default)]
struct Misread;

#[workflow]
impl Misread {
    #[run]
    async fn run(places: HashMap<(u8, u8), u8>) -> Vec<String> {
        #[durably::allow(nondeterminism, reason = "there is one place at most")]
        places.values().map(u8::to_string).collect()
    }

    #[signal]
    fn switch_on(&mut self, _room: String, _places: HashMap<(u8, u8), u8>) {}

    #[query]
    fn on(&self) -> Vec<String> {
        Vec::new()
    }

    #[update]
    fn switch(&mut self) -> Option<Duration> {
        None
    }
}

/// Something else altogether.
#[workflow]
#[derive(Default)]
struct Door;

#[workflow]
impl Door {
    #[run]
    async fn run() {}

    #[signal]
    fn open(&mut self) {}

    #[query]
    fn width(&self) -> u32 {
        1
    }

    #[update]
    fn lock(&mut self) {}
}

#[tokio::test]
async fn an_answer_that_does_not_decode_is_told_with_the_type_that_was_wanted() {
    with_worker(
        |worker| worker.workflow::<Lamp>(),
        async |client, queue| {
            let lamp = Lamp::start(client).id(unique("lamp")).task_queue(queue).await.unwrap();
            let id = lamp.workflow_id();
            let misread = Misread::handle(client, id);

            let query = misread.on().await.unwrap_err();
            assert!(matches!(*query, WorkflowQueryError::PayloadConversion(_)), "{query:?}");
            let begin =
                format!("query `on` of workflow `{id}`: the answer cannot be decoded into `Vec<String>`: invalid type");
            assert!(query.to_string().starts_with(&begin), "{query}");
            assert!(query.to_string().ends_with("; is the workflow a `Lamp` of this version?"), "{query}");

            let update = misread.switch().update_id("first").await.unwrap_err();
            assert!(matches!(*update, UpdateError::PayloadConversion(_)), "{update:?}");
            let wanted = "the answer cannot be decoded into `Option<Duration>`: invalid type";
            assert!(update.to_string().starts_with(&format!("update `switch` of workflow `{id}`")), "{update}");
            assert!(update.to_string().contains(wanted), "{update}");
            let again = lamp.update_handle::<String>("first").result().await.unwrap_err();
            assert!(matches!(*again, UpdateError::PayloadConversion(_)), "{again:?}");
            assert!(again.to_string().contains("the answer cannot be decoded into `String`"), "{again}");

            assert!(lamp.result().await.unwrap());
            let result = misread.result().await.unwrap_err();
            assert!(matches!(*result, WorkflowGetResultError::PayloadConversion(_)), "{result:?}");
            let begin =
                format!("result of workflow `{id}`: the answer cannot be decoded into `Vec<String>`: invalid type");
            assert!(result.to_string().starts_with(&begin), "{result}");
        },
    )
    .await;
}

#[tokio::test]
async fn an_argument_that_does_not_encode_is_told_with_its_place_and_type() {
    with_worker(
        |worker| worker.workflow::<Lamp>(),
        async |client, queue| {
            let lamp = Lamp::start(client).id(unique("lamp")).task_queue(queue).await.unwrap();
            let misread = Misread::handle(client, lamp.workflow_id());
            // The keys of a JSON object are strings.
            let places = HashMap::from([((1, 2), 3)]);
            let signal = misread.switch_on("hall", places.clone()).await.unwrap_err();
            assert!(matches!(*signal, WorkflowInteractionError::PayloadConversion(_)), "{signal:?}");
            let wrong = ": argument 2 of type `HashMap<(u8, u8), u8>` cannot be encoded: key must be a string";
            assert!(signal.to_string().ends_with(wrong), "{signal}");

            let start = || Misread::start(client, places.clone()).id("misread").task_queue(queue);
            let wrong = ": argument 1 of type `HashMap<(u8, u8), u8>` cannot be encoded: key must be a string";
            let started = start().await.unwrap_err();
            assert!(matches!(*started, WorkflowStartError::PayloadConversion(_)), "{started:?}");
            assert_eq!(started.to_string(), format!("start of `Lamp` as workflow `misread`{wrong}"));
            let executed = start().execute().await.unwrap_err();
            assert!(matches!(*executed, ExecuteError::Start(WorkflowStartError::PayloadConversion(_))), "{executed:?}");
            assert!(executed.to_string().ends_with(wrong), "{executed}");
            let updated = start().with_update(|lamp| lamp.switch()).await.unwrap_err();
            assert!(updated.to_string().ends_with(wrong), "{updated}");
            lamp.terminate().await.unwrap();
        },
    )
    .await;
}

#[tokio::test]
async fn a_workflow_of_another_type_answers_that_it_knows_no_such_handler() {
    with_worker(
        |worker| worker.workflow::<Lamp>(),
        async |client, queue| {
            let lamp = Lamp::start(client).id(unique("lamp")).task_queue(queue).await.unwrap();
            let door = Door::handle(client, lamp.workflow_id());

            let width = said(door.width().await);
            assert_eq!(width.code, Some(Code::InvalidArgument), "{width:?}");
            assert!(
                width.message.starts_with(&format!("query `width` of workflow `{}`: ", lamp.workflow_id())),
                "{width:?}"
            );
            let lock = door.lock().await.unwrap_err();
            assert!(matches!(*lock, UpdateError::Failed(_)), "{lock:?}");
            assert!(
                lock.to_string().starts_with(&format!("update `lock` of workflow `{}`", lamp.workflow_id())),
                "{lock}"
            );
            assert!(lock.to_string().contains("lock"), "{lock}");

            // Nobody waits for the answer of a signal; the workflow goes on without it.
            door.open().await.unwrap();
            assert!(!lamp.on().await.unwrap());
            assert_eq!(lamp.describe().await.unwrap().status(), WorkflowExecutionStatus::Running);
            lamp.switch_on().await.unwrap();
            assert!(lamp.result().await.unwrap());
        },
    )
    .await;
}
