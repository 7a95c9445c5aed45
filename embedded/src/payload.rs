//! Payloads that the service makes itself.

use temporalio_protos::temporal::api::common::v1::Payload;

use crate::api::Payloads;

/// A truth value as JSON, typed as search attributes are.
pub(crate) fn json_bool(value: bool) -> Payload {
    let metadata = [("encoding".to_owned(), b"json/plain".to_vec()), ("type".to_owned(), b"Bool".to_vec())].into();
    Payload { metadata, data: value.to_string().into_bytes(), ..Payload::default() }
}

/// One string as JSON.
pub(crate) fn json(text: &str) -> Payloads {
    let metadata = [("encoding".to_owned(), b"json/plain".to_vec())].into();
    let data = format!("\"{}\"", text.escape_default()).into_bytes();
    Payloads { payloads: vec![Payload { metadata, data, ..Payload::default() }] }
}
