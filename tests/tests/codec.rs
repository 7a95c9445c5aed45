//! Codecs, one that encrypts and one that compresses: what the server sees, and what a wrong key does.

use durably::{
    PayloadCodec, PayloadConversionError, WorkflowExecutionStatus, WorkflowGetResultError,
    prelude::*,
    temporal::common::{
        data_converters::{DataConverter, DefaultFailureConverter, PayloadConverter, SerializationContextData},
        protos::temporal::api::common::v1::Payload,
    },
};
use durably_tests::{
    address, event,
    eventually::eventually,
    history::{messages, task_failure},
    unique, wire,
    wire::{encodings, texts},
};
use futures_util::future::BoxFuture;
use prost::Message;

const SEALED: &str = "binary/sealed";

/// Seals payloads with a key. A toy where the seal is concerned; the rest is what a real one does.
#[derive(Clone, Copy)]
struct Seal(u8);

impl Seal {
    fn turn(self, data: &[u8]) -> Vec<u8> {
        data.iter().map(|byte| byte ^ self.0).collect()
    }

    fn open(self, mut payload: Payload) -> Result<Payload, PayloadConversionError> {
        let Some(inner) = payload.metadata.remove("inner") else { return Ok(payload) };
        if payload.metadata.remove("key").is_none_or(|key| key != [self.0]) {
            return Err(PayloadConversionError::EncodingError("sealed with another key".into()));
        }
        payload.metadata.insert("encoding".to_owned(), self.turn(&inner));
        payload.data = self.turn(&payload.data);
        Ok(payload)
    }

    fn close(self, mut payload: Payload) -> Payload {
        let inner = payload.metadata.insert("encoding".to_owned(), SEALED.as_bytes().to_vec()).unwrap_or_default();
        payload.metadata.insert("inner".to_owned(), self.turn(&inner));
        payload.metadata.insert("key".to_owned(), vec![self.0]);
        payload.data = self.turn(&payload.data);
        payload
    }
}

impl PayloadCodec for Seal {
    fn encode(
        &self,
        _: &SerializationContextData,
        payloads: Vec<Payload>,
    ) -> BoxFuture<'static, Result<Vec<Payload>, PayloadConversionError>> {
        let sealed = payloads.into_iter().map(|payload| self.close(payload)).collect();
        Box::pin(std::future::ready(Ok(sealed)))
    }

    fn decode(
        &self,
        _: &SerializationContextData,
        payloads: Vec<Payload>,
    ) -> BoxFuture<'static, Result<Vec<Payload>, PayloadConversionError>> {
        let opened = payloads.into_iter().map(|payload| self.open(payload)).collect();
        Box::pin(std::future::ready(opened))
    }
}

#[workflow]
#[derive(Default)]
struct Letter {
    answer: Option<String>,
}

#[workflow]
impl Letter {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, text: String) -> WorkflowResult<String> {
        let text = copy::execute(ctx, text).await?;
        ctx.wait_condition(|w| w.answer.is_some()).await?;
        match ctx.state(|w| w.answer.clone()) {
            Some(answer) if answer != "no" => Ok(format!("{text}: {answer}")),
            _ => Err(ApplicationFailure::non_retryable("it was refused").into()),
        }
    }

    #[signal]
    fn answer(&mut self, answer: String) {
        self.answer = Some(answer);
    }

    #[query]
    fn is_answered(&self, by: Option<String>) -> String {
        format!("{} {}", by.is_some(), self.answer.is_some())
    }

    #[update]
    fn correct(&mut self, answer: String) -> Option<String> {
        self.answer.replace(answer)
    }
}

#[activity(start_to_close_timeout = "10s", retry_policy(initial_interval = "10ms"))]
async fn copy(text: String) -> String {
    text
}

async fn client(key: u8) -> Client {
    durably::client().address(address()).codec(Seal(key)).await.unwrap()
}

fn worker(client: &Client, queue: &str) -> durably::RunningWorker {
    Worker::new(client, queue).workflow::<Letter>().activity::<copy>().start().unwrap()
}

#[tokio::test]
async fn what_is_encrypted_is_read_by_those_who_have_the_key() {
    let (client, queue) = (client(7).await, unique("letters"));
    let worker = worker(&client, &queue);
    let letter = Letter::start(&client, "dear Ada").id(unique("letter")).task_queue(&queue).await.unwrap();
    letter.answer("yes").await.unwrap();
    assert_eq!(letter.result().await.unwrap(), "dear Ada: yes");
    let started = event!(letter, WorkflowExecutionStartedEventAttributes);
    let scheduled = event!(letter, ActivityTaskScheduledEventAttributes);
    let signalled = event!(letter, WorkflowExecutionSignaledEventAttributes);
    let completed = event!(letter, WorkflowExecutionCompletedEventAttributes);
    for payloads in [&started.input, &scheduled.input, &signalled.input, &completed.result] {
        assert_eq!(encodings(payloads), [SEALED]);
        assert!(!texts(payloads)[0].contains("Ada") && !texts(payloads)[0].contains("yes"));
    }
    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_client_with_a_wrong_key_is_told_so() {
    let (right, wrong, queue) = (client(7).await, client(8).await, unique("letters"));
    let worker = worker(&right, &queue);
    let letter = Letter::start(&right, "dear Ada").id(unique("letter")).task_queue(&queue).await.unwrap();
    letter.answer("yes").await.unwrap();
    letter.result().await.unwrap();
    let error = Letter::handle(&wrong, letter.workflow_id()).result().await.unwrap_err();
    assert!(matches!(*error, WorkflowGetResultError::PayloadConversion(_)), "{error:?}");
    assert!(error.to_string().contains("sealed with another key"), "{error}");
    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_worker_with_a_wrong_key_loses_nothing() {
    let (right, wrong, queue) = (client(7).await, client(8).await, unique("letters"));
    let mistaken = worker(&wrong, &queue);
    let letter = Letter::start(&right, "dear Ada").id(unique("letter")).task_queue(&queue).await.unwrap();
    let failure = task_failure(&letter).await;
    assert!(failure.contains("sealed with another key"), "{failure}");
    letter.answer("yes").await.unwrap();
    assert_eq!(letter.describe().await.unwrap().status(), WorkflowExecutionStatus::Running);
    mistaken.shutdown().await.unwrap();

    let mended = worker(&right, &queue);
    assert_eq!(letter.result().await.unwrap(), "dear Ada: yes");
    mended.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_signal_with_a_wrong_key_waits_until_someone_has_it() {
    let (right, wrong, queue) = (client(7).await, client(8).await, unique("letters"));
    let mistaken = worker(&right, &queue);
    let letter = Letter::start(&right, "dear Ada").id(unique("letter")).task_queue(&queue).await.unwrap();
    event!(letter, ActivityTaskCompletedEventAttributes);
    Letter::handle(&wrong, letter.workflow_id()).answer("maybe").await.unwrap();
    let failure = task_failure(&letter).await;
    assert!(failure.contains("sealed with another key"), "{failure}");
    assert_eq!(letter.describe().await.unwrap().status(), WorkflowExecutionStatus::Running);
    letter.terminate().await.unwrap();
    mistaken.shutdown().await.unwrap();
}

#[tokio::test]
async fn messages_of_failures_are_encrypted_if_the_failure_converter_says_so() {
    let converter = DataConverter::new(PayloadConverter::default(), DefaultFailureConverter::new(true), Seal(7));
    let client = durably::client().address(address()).data_converter(converter).await.unwrap();
    let queue = unique("letters");
    let worker = worker(&client, &queue);
    let letter = Letter::start(&client, "dear Ada").id(unique("letter")).task_queue(&queue).await.unwrap();
    letter.answer("no").await.unwrap();
    let error = letter.result().await.unwrap_err();
    assert!(error.to_string().contains("it was refused"), "{error}");
    let failed = event!(letter, WorkflowExecutionFailedEventAttributes).failure.unwrap();
    assert_eq!(failed.message, "Encoded failure");
    assert_eq!(failed.encoded_attributes.unwrap().metadata["encoding"], SEALED.as_bytes());
    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn an_activity_with_a_wrong_key_is_tried_until_a_worker_has_it() {
    let (right, wrong, queue) = (client(7).await, client(8).await, unique("letters"));
    let workflows = Worker::new(&right, &queue).workflow::<Letter>().start().unwrap();
    let mistaken = Worker::new(&wrong, &queue).activity::<copy>().start().unwrap();
    let letter = Letter::start(&right, "dear Ada").id(unique("letter")).task_queue(&queue).await.unwrap();
    letter.answer("yes").await.unwrap();
    let failure = eventually(|| async {
        let described = letter.describe().await.unwrap();
        let pending = described.raw().pending_activities.first().and_then(|pending| pending.last_failure.clone());
        pending.ok_or("it has not failed")
    })
    .await;
    let failure = messages(&failure);
    assert!(failure.contains("sealed with another key"), "{failure}");
    mistaken.shutdown().await.unwrap();

    let mended = Worker::new(&right, &queue).activity::<copy>().start().unwrap();
    assert_eq!(letter.result().await.unwrap(), "dear Ada: yes");
    mended.shutdown().await.unwrap();
    workflows.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_query_with_a_wrong_key_says_so_and_breaks_nothing() {
    let (right, wrong, queue) = (client(7).await, client(8).await, unique("letters"));
    let worker = worker(&right, &queue);
    let letter = Letter::start(&right, "dear Ada").id(unique("letter")).task_queue(&queue).await.unwrap();
    event!(letter, ActivityTaskCompletedEventAttributes);
    // Behind it no task is left that the next query could ride on: with a task, it would be tried again until it times out.
    assert_eq!(letter.is_answered(None::<String>).await.unwrap(), "false false");
    let mistaken = Letter::handle(&wrong, letter.workflow_id());
    let error = mistaken.is_answered(None::<String>).await.unwrap_err().to_string();
    assert!(error.contains("sealed with another key"), "{error}");
    assert_eq!(letter.is_answered(None::<String>).await.unwrap(), "false false");
    letter.answer("yes").await.unwrap();
    assert_eq!(letter.result().await.unwrap(), "dear Ada: yes");
    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn an_update_with_a_wrong_key_fails_the_task_and_not_the_workflow() {
    let (right, wrong, queue) = (client(7).await, client(8).await, unique("letters"));
    let worker = worker(&right, &queue);
    let letter = Letter::start(&right, "dear Ada").id(unique("letter")).task_queue(&queue).await.unwrap();
    event!(letter, ActivityTaskCompletedEventAttributes);
    let mistaken = Letter::handle(&wrong, letter.workflow_id());
    let mut soon = durably::RpcOptions::default();
    soon.timeout = Some(Duration::from_secs(1));
    mistaken.correct("no").rpc_options(soon).await.expect_err("nobody can read it");
    let described = eventually(|| async {
        let described = letter.describe().await.unwrap();
        let task = described.raw().pending_workflow_task;
        task.filter(|task| task.attempt > 1).map(|_| described).ok_or("the task has not failed")
    })
    .await;
    assert_eq!(described.status(), WorkflowExecutionStatus::Running);
    letter.terminate().await.unwrap();
    worker.shutdown().await.unwrap();
}

const ZIPPED: &str = "binary/zipped";

/// Writes runs of one byte as their length. A toy where compression is concerned.
struct Zip;

impl PayloadCodec for Zip {
    fn encode(
        &self,
        _: &SerializationContextData,
        payloads: Vec<Payload>,
    ) -> BoxFuture<'static, Result<Vec<Payload>, PayloadConversionError>> {
        let zipped = payloads.into_iter().map(|payload| {
            let mut data: Vec<u8> = Vec::new();
            for byte in payload.encode_to_vec() {
                match data.as_mut_slice() {
                    [.., last, length] if *last == byte && *length < u8::MAX => *length += 1,
                    _ => data.extend([byte, 1]),
                }
            }
            wire::payload_of(ZIPPED, data)
        });
        let zipped = zipped.collect();
        Box::pin(std::future::ready(Ok(zipped)))
    }

    fn decode(
        &self,
        _: &SerializationContextData,
        payloads: Vec<Payload>,
    ) -> BoxFuture<'static, Result<Vec<Payload>, PayloadConversionError>> {
        let unzipped = payloads.into_iter().map(|payload| {
            if payload.metadata["encoding"] != ZIPPED.as_bytes() {
                return Err(PayloadConversionError::EncodingError("it is not zipped".into()));
            }
            let data: Vec<u8> =
                payload.data.chunks(2).flat_map(|run| std::iter::repeat_n(run[0], run[1].into())).collect();
            Payload::decode(&*data).map_err(|error| PayloadConversionError::EncodingError(error.into()))
        });
        let unzipped = unzipped.collect();
        Box::pin(std::future::ready(unzipped))
    }
}

#[tokio::test]
async fn several_codecs_encode_in_the_order_they_are_given() {
    let client = durably::client().address(address()).codec(Zip).codec(Seal(7)).await.unwrap();
    let queue = unique("letters");
    let worker = worker(&client, &queue);
    let text = format!("d{}r", "e".repeat(300));
    let letter = Letter::start(&client, &text).id(unique("letter")).task_queue(&queue).await.unwrap();
    letter.answer("yes").await.unwrap();
    assert_eq!(letter.result().await.unwrap(), format!("{text}: yes"));
    let started = event!(letter, WorkflowExecutionStartedEventAttributes).input;
    assert_eq!(encodings(&started), [SEALED], "encrypted last");
    let payload = &started.unwrap().payloads[0];
    assert!(payload.data.len() < text.len(), "compressed before: {} bytes", payload.data.len());
    assert_eq!(Seal(7).open(payload.clone()).unwrap().metadata["encoding"], ZIPPED.as_bytes());
    worker.shutdown().await.unwrap();
}
