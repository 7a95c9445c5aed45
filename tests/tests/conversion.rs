//! Values that are not JSON: protobuf messages, types with a conversion of their own; and failures converted otherwise.

use std::sync::Arc;

use durably::{
    IncomingError, PayloadConversionError, WorkflowGetResultError,
    prelude::*,
    temporal::common::{
        data_converters::{
            DataConverter, DefaultFailureConverter, DefaultPayloadCodec, FailureConverter, PayloadConverter,
            ProstSerializable, SerializationContext, SerializationContextData, TemporalDeserializable,
            TemporalSerializable,
        },
        error::OutgoingError,
        protos::temporal::api::{
            common::v1::{Payload, WorkflowExecution},
            failure::v1::Failure,
        },
    },
};
use durably_tests::{
    address, event,
    history::task_failure,
    unique,
    wire::{encodings, json, texts},
    with_worker,
};

/// A temperature, written as text with its unit: no serde.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Celsius(f64);

const UNITS: &str = "text/units";

impl TemporalSerializable for Celsius {
    fn to_payload(&self, _: &SerializationContext<'_>) -> Result<Payload, PayloadConversionError> {
        Ok(durably_tests::wire::payload(UNITS, &format!("{} °C", self.0)))
    }
}

impl TemporalDeserializable for Celsius {
    fn from_payload(_: &SerializationContext<'_>, payload: Payload) -> Result<Self, PayloadConversionError> {
        if payload.metadata.get("encoding").is_none_or(|encoding| encoding != UNITS.as_bytes()) {
            return Err(PayloadConversionError::WrongEncoding);
        }
        let text = String::from_utf8_lossy(&payload.data);
        let degrees = text.strip_suffix(" °C").and_then(|degrees| degrees.parse().ok());
        degrees.map(Self).ok_or_else(|| PayloadConversionError::EncodingError(format!("`{text}` is not in °C").into()))
    }
}

type Message = ProstSerializable<WorkflowExecution>;

fn message(workflow_id: &str) -> Message {
    ProstSerializable(WorkflowExecution { workflow_id: workflow_id.to_owned(), run_id: "7".to_owned() })
}

#[workflow]
#[derive(Default)]
struct Oven {
    set: Option<Celsius>,
}

#[workflow]
impl Oven {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, to: Celsius) -> WorkflowResult<Celsius> {
        let hot = heat::execute(ctx, to, 1).await?;
        // The signal may come in the same task as the activity's result, and then it is handled before.
        ctx.wait_condition(|w| w.set.is_some()).await?;
        Ok(ctx.state(|w| w.set).unwrap_or(hot))
    }

    #[signal]
    fn set(&mut self, to: Celsius) {
        self.set = Some(to);
    }
}

#[activity(start_to_close_timeout = "10s")]
async fn heat(to: Celsius, more: u32) -> Celsius {
    Celsius(to.0 + f64::from(more))
}

#[tokio::test]
async fn a_type_with_a_conversion_of_its_own_goes_everywhere() {
    with_worker(
        |worker| worker.workflow::<Oven>().activity::<heat>(),
        async |client, queue| {
            let oven = Oven::start(client, Celsius(180.5)).id(unique("oven")).task_queue(queue).await.unwrap();
            event!(oven, ActivityTaskCompletedEventAttributes);
            oven.set(Celsius(90.0)).await.unwrap();
            assert_eq!(oven.result().await.unwrap(), Celsius(90.0));
            let started = event!(oven, WorkflowExecutionStartedEventAttributes);
            assert_eq!(
                (encodings(&started.input), texts(&started.input)),
                (vec![UNITS.into()], vec!["180.5 °C".into()])
            );
            let scheduled = event!(oven, ActivityTaskScheduledEventAttributes);
            assert_eq!(encodings(&scheduled.input), [UNITS, "json/plain"]);
            assert_eq!(texts(&event!(oven, ActivityTaskCompletedEventAttributes).result), ["181.5 °C"]);
        },
    )
    .await;
}

#[tokio::test]
async fn a_payload_of_another_encoding_is_named_and_loses_nothing() {
    with_worker(
        |worker| worker.workflow::<Oven>().activity::<heat>(),
        async |client, queue| {
            let oven = Oven::start(client, Celsius(180.0)).id(unique("oven")).task_queue(queue).await.unwrap();
            event!(oven, ActivityTaskCompletedEventAttributes);
            let set = durably_tests::wire::signal("set");
            oven.untyped().signal(set, json(&["90"]), Default::default()).await.unwrap();
            let failure = task_failure(&oven).await;
            assert!(failure.contains("`to: Celsius`") && failure.contains("`json/plain`"), "{failure}");
            oven.terminate().await.unwrap();
        },
    )
    .await;
}

#[workflow]
#[derive(Default)]
struct Forward;

#[workflow]
impl Forward {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, message: Message) -> WorkflowResult<Message> {
        Ok(pass_on::execute(ctx, message).await?)
    }
}

#[activity(start_to_close_timeout = "10s")]
async fn pass_on(message: Message) -> Message {
    ProstSerializable(WorkflowExecution { run_id: "8".to_owned(), ..message.0 })
}

#[tokio::test]
async fn protobuf_messages_are_arguments_and_results() {
    with_worker(
        |worker| worker.workflow::<Forward>().activity::<pass_on>(),
        async |client, queue| {
            let forward = Forward::start(client, message("m")).id(unique("forward")).task_queue(queue).await.unwrap();
            let passed = forward.result().await.unwrap();
            assert_eq!((passed.0.workflow_id.as_str(), passed.0.run_id.as_str()), ("m", "8"));
            let started = event!(forward, WorkflowExecutionStartedEventAttributes);
            assert_eq!(encodings(&started.input), ["binary/protobuf"]);
        },
    )
    .await;
}

/// Keeps the words of failures from whoever reads the history.
struct Discreet(DefaultFailureConverter);

impl FailureConverter for Discreet {
    fn to_failure(
        &self,
        error: OutgoingError,
        converter: &PayloadConverter,
        context: &SerializationContextData,
    ) -> Failure {
        let mut failure = self.0.to_failure(error, converter, context);
        failure.message = failure.message.replace("Ada", "a customer");
        failure
    }

    fn to_error(
        &self,
        mut failure: Failure,
        converter: &PayloadConverter,
        context: &SerializationContextData,
    ) -> Result<IncomingError, PayloadConversionError> {
        failure.message.push_str(" (names withheld)");
        self.0.to_error(failure, converter, context)
    }
}

#[workflow]
#[derive(Default)]
struct Complaint;

#[workflow]
impl Complaint {
    #[run]
    async fn run() -> Result<(), ApplicationFailure> {
        Err(ApplicationFailure::non_retryable("Ada is not amused"))
    }
}

#[tokio::test]
async fn failures_are_converted_by_a_converter_of_ones_own() {
    let failures = Discreet(DefaultFailureConverter::default());
    let converter = DataConverter::new(PayloadConverter::default(), failures, Arc::new(DefaultPayloadCodec));
    let client = durably::client().address(address()).data_converter(converter).await.unwrap();
    let queue = unique("complaints");
    let worker = Worker::new(&client, &queue).workflow::<Complaint>().start().unwrap();
    let complaint = Complaint::start(&client).id(unique("complaint")).task_queue(&queue).await.unwrap();
    let error = complaint.result().await.unwrap_err();
    let WorkflowGetResultError::Failed(_) = &error.kind else { panic!("{error:?}") };
    assert!(error.to_string().contains("a customer is not amused (names withheld)"), "{error}");
    let failed = event!(complaint, WorkflowExecutionFailedEventAttributes).failure.unwrap();
    assert_eq!(failed.message, "a customer is not amused");
    worker.shutdown().await.unwrap();
}
