//! Payloads as they are on the wire, for calls no typed handle would make.

use durably::{
    RawValue,
    temporal::{
        client::{UntypedQuery, UntypedSignal, UntypedUpdate, UntypedWorkflow},
        common::protos::temporal::api::common::v1::{Payload, Payloads},
    },
};

/// One JSON payload for each text.
pub fn json(texts: &[&str]) -> RawValue {
    RawValue::new(texts.iter().map(|text| payload("json/plain", text)).collect())
}

/// A payload with this encoding.
pub fn payload(encoding: &str, data: &str) -> Payload {
    payload_of(encoding, data.as_bytes().to_vec())
}

/// A payload of bytes with this encoding.
pub fn payload_of(encoding: &str, data: Vec<u8>) -> Payload {
    Payload { metadata: [("encoding".to_owned(), encoding.as_bytes().to_vec())].into(), data, ..Payload::default() }
}

/// The data of each payload, as text.
pub fn texts(payloads: &Option<Payloads>) -> Vec<String> {
    let payloads = payloads.iter().flat_map(|payloads| &payloads.payloads);
    payloads.map(|payload| String::from_utf8_lossy(&payload.data).into_owned()).collect()
}

/// The encoding of each payload.
pub fn encodings(payloads: &Option<Payloads>) -> Vec<String> {
    let payloads = payloads.iter().flat_map(|payloads| &payloads.payloads);
    payloads.map(|payload| String::from_utf8_lossy(&payload.metadata["encoding"]).into_owned()).collect()
}

/// A signal by name.
pub fn signal(name: &str) -> UntypedSignal<UntypedWorkflow> {
    UntypedSignal::new(name)
}

/// A query by name.
pub fn query(name: &str) -> UntypedQuery<UntypedWorkflow> {
    UntypedQuery::new(name)
}

/// An update by name.
pub fn update(name: &str) -> UntypedUpdate<UntypedWorkflow> {
    UntypedUpdate::new(name)
}
