//! Payload conversion: how values become payloads, and failures messages.
//!
//! What one learns: whatever serde can serialize travels as JSON; protobuf messages travel as such, in a wrapper; a type may
//! have a conversion of its own, with an encoding of its own; and so may failures, here to keep names out of histories.
//!
//! ```text
//! serde:    json/plain
//! protobuf: binary/protobuf
//! own:      text/units, as "180.5 °C"
//! result:   181.5 °C for `bread`, tray 7
//! failure:  a customer cannot wait so long for toast
//! ```

use durably::{
    DataConverter, IncomingError, PayloadConversionError,
    prelude::*,
    temporal::common::{
        data_converters::{
            DefaultFailureConverter, DefaultPayloadCodec, FailureConverter, PayloadConverter, ProstSerializable,
            SerializationContext, SerializationContextData, TemporalDeserializable, TemporalSerializable,
        },
        error::OutgoingError,
        protos::temporal::api::{
            common::v1::{Payload, WorkflowExecution},
            failure::v1::Failure,
            history::v1::history_event::Attributes,
        },
    },
};

/// A temperature that travels with its unit. It has no serde: its conversion is below.
struct Celsius(f64);

const UNITS: &[u8] = b"text/units";

impl TemporalSerializable for Celsius {
    fn to_payload(&self, _: &SerializationContext<'_>) -> Result<Payload, PayloadConversionError> {
        let (metadata, data) =
            ([("encoding".to_owned(), UNITS.to_vec())].into(), format!("{} °C", self.0).into_bytes());
        Ok(Payload { metadata, data, ..Payload::default() })
    }
}

impl TemporalDeserializable for Celsius {
    fn from_payload(_: &SerializationContext<'_>, payload: Payload) -> Result<Self, PayloadConversionError> {
        if payload.metadata.get("encoding").is_none_or(|encoding| encoding != UNITS) {
            return Err(PayloadConversionError::WrongEncoding);
        }
        let text = String::from_utf8_lossy(&payload.data);
        let degrees = text.strip_suffix(" °C").and_then(|degrees| degrees.parse().ok());
        degrees.map(Self).ok_or_else(|| PayloadConversionError::EncodingError(format!("`{text}` is not in °C").into()))
    }
}

/// Three arguments, converted in three ways.
#[workflow(task_queue = "payload-converters", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Baking;

#[workflow]
impl Baking {
    #[run(id = "baking-of-{what}")]
    async fn run(what: String, on: ProstSerializable<WorkflowExecution>, at: Celsius) -> WorkflowResult<Celsius> {
        match &*on.0.run_id {
            "7" => Ok(Celsius(at.0 + 1.0)),
            _ => Err(ApplicationFailure::non_retryable(format!("Ada cannot wait so long for {what}")).into()),
        }
    }
}

/// Keeps a name to itself.
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
        failure: Failure,
        converter: &PayloadConverter,
        context: &SerializationContextData,
    ) -> Result<IncomingError, PayloadConversionError> {
        self.0.to_error(failure, converter, context)
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let failures = Discreet(DefaultFailureConverter::default());
    let converter = DataConverter::new(PayloadConverter::default(), failures, DefaultPayloadCodec);
    let client = durably::client().data_converter(converter).await?;
    let worker = Worker::new(&client, "payload-converters").workflow::<Baking>().start()?;

    // Any message will do; this one is at hand.
    let tray = |number: &str| {
        ProstSerializable(WorkflowExecution { workflow_id: "tray".to_owned(), run_id: number.to_owned() })
    };
    let baking = Baking::start(&client, "bread", tray("7"), Celsius(180.5)).await?;
    let Celsius(degrees) = baking.result().await?;
    for event in baking.history().into_events().await? {
        let Some(Attributes::WorkflowExecutionStartedEventAttributes(started)) = event.attributes else { continue };
        let arguments = started.input.unwrap_or_default().payloads;
        let encoding = |place: usize| String::from_utf8_lossy(&arguments[place].metadata["encoding"]);
        println!("serde:    {}", encoding(0));
        println!("protobuf: {}", encoding(1));
        println!("own:      {}, as {:?}", encoding(2), String::from_utf8_lossy(&arguments[2].data));
    }
    println!("result:   {degrees} °C for `bread`, tray 7");

    let burnt = Baking::start(&client, "toast", tray("8"), Celsius(300.0)).await?;
    burnt.result().await.err().ok_or("it did not fail")?;
    for event in burnt.history().into_events().await? {
        if let Some(Attributes::WorkflowExecutionFailedEventAttributes(failed)) = event.attributes {
            println!("failure:  {}", failed.failure.unwrap_or_default().message);
        }
    }

    worker.shutdown().await?;
    Ok(())
}
