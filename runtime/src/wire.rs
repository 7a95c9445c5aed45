//! Messages of Temporal's API, for what its client crate does not offer.

use std::time::Duration;

use prost_wkt_types::Duration as ProtoDuration;
use temporalio_common::{
    MemoValues,
    data_converters::{
        DataConverter, GenericPayloadConverter, PayloadConversionError, PayloadConverter, SerializationContext,
        SerializationContextData, WorkflowSerializationContext,
    },
    protos::temporal::api::{
        common::v1::{Memo, Payload},
        sdk::v1::UserMetadata,
    },
};

/// A duration in a message; one longer than a message can hold is as good as the longest.
pub(crate) fn proto_duration(duration: Duration) -> ProtoDuration {
    ProtoDuration::try_from(duration).unwrap_or(ProtoDuration { seconds: i64::MAX, nanos: 0 })
}

/// The context in which values of workflows are converted.
pub(crate) fn workflow_context() -> SerializationContextData {
    SerializationContextData::Workflow(WorkflowSerializationContext::new())
}

/// A request id: what is sent twice with the same one happens once.
pub(crate) fn request_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// A memo as payloads, the codec applied.
pub(crate) async fn encode_memo(converter: &DataConverter, memo: &MemoValues) -> Result<Memo, PayloadConversionError> {
    let mut names = Vec::new();
    let mut payloads = Vec::new();
    {
        let data = workflow_context();
        let context = SerializationContext::new(&data, converter.payload_converter());
        for (name, value) in memo.iter() {
            names.push(name.to_owned());
            payloads.push(converter.payload_converter().to_payload(&context, value)?);
        }
    }
    let payloads = converter.codec().encode(&workflow_context(), payloads).await?;
    Ok(Memo { fields: names.into_iter().zip(payloads).collect() })
}

/// Summary and details for people: Temporal's user interface reads them as they are, so no codec is applied.
pub(crate) fn user_metadata(
    summary: Option<&String>,
    details: Option<&String>,
) -> Result<Option<UserMetadata>, PayloadConversionError> {
    if summary.is_none() && details.is_none() {
        return Ok(None);
    }
    Ok(Some(UserMetadata { summary: summary.map(plain).transpose()?, details: details.map(plain).transpose()? }))
}

fn plain(text: &String) -> Result<Payload, PayloadConversionError> {
    let converter = PayloadConverter::default();
    let data = workflow_context();
    converter.to_payload(&SerializationContext::new(&data, &converter), text)
}
