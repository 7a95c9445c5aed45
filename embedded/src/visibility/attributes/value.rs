use std::borrow::Cow;

use chrono::{DateTime, FixedOffset};
use serde_json::Value as Json;
use temporalio_protos::temporal::api::common::v1::Payload;

use super::{super::golang, Kind, datetime};

/// What a search attribute of a run holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Keyword(String),
    Int(i64),
    Double(f64),
    Bool(bool),
    /// In the zone it was written in.
    Datetime(DateTime<FixedOffset>),
    KeywordList(Vec<String>),
}

impl Value {
    pub(crate) const fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Keyword(_) => Kind::Keyword,
            Self::Int(_) => Kind::Int,
            Self::Double(_) => Kind::Double,
            Self::Bool(_) => Kind::Bool,
            Self::Datetime(_) => Kind::Datetime,
            Self::KeywordList(_) => Kind::KeywordList,
        }
    }

    /// What `payload` holds, or nothing if it unsets the attribute.
    ///
    /// # Errors
    /// What it holds instead of a value of `kind`, for the error text.
    pub(super) fn decode(payload: &Payload, kind: Kind) -> Result<Option<Self>, String> {
        let json = match content(payload) {
            Content::Nothing => return Ok(None),
            Content::Json(json) => json,
            Content::Bytes => return Err(golang::bytes(&payload.data)),
            Content::Unreadable => return Err(format!("value from <{}>", describe(payload))),
        };
        match (kind, &json) {
            (_, Json::Null) => Some(None),
            (_, Json::Array(items)) if items.is_empty() => Some(None),
            (Kind::KeywordList, Json::Array(items)) => {
                items.iter().map(word).collect::<Option<_>>().map(|words| Some(Self::KeywordList(words)))
            }
            // A list of one is as good as the one.
            (_, Json::Array(items)) => match items.as_slice() {
                [item] => Self::scalar(kind, item).map(Some),
                _ => None,
            },
            (_, item) => Self::scalar(kind, item).map(Some),
        }
        .ok_or_else(|| golang::json(&json))
    }

    fn scalar(kind: Kind, json: &Json) -> Option<Self> {
        match (kind, json) {
            (Kind::Text, Json::String(text)) => Some(Self::Text(text.clone())),
            (Kind::Keyword, Json::String(text)) => Some(Self::Keyword(text.clone())),
            (Kind::Int, Json::Number(number)) => number.as_i64().map(Self::Int),
            (Kind::Double, Json::Number(number)) => number.as_f64().map(Self::Double),
            (Kind::Bool, Json::Bool(value)) => Some(Self::Bool(*value)),
            (Kind::Datetime, Json::String(text)) => datetime::parse(text).map(Self::Datetime),
            _ => None,
        }
    }

    /// The payload of a list answer: freshly encoded, with its type.
    pub(crate) fn encode(&self) -> Payload {
        let json = match self {
            Self::Text(text) | Self::Keyword(text) => Json::from(text.as_str()),
            Self::Int(number) => Json::from(*number),
            Self::Double(number) => whole(*number).map_or_else(|| Json::from(*number), Json::from),
            Self::Bool(value) => Json::from(*value),
            Self::Datetime(time) => Json::from(datetime::format(time)),
            Self::KeywordList(words) => Json::from(words.as_slice()),
        };
        let metadata = [("encoding", "json/plain"), ("type", self.kind().name())];
        Payload {
            metadata: metadata.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect(),
            data: json.to_string().into_bytes(),
            ..Payload::default()
        }
    }
}

/// Whether an upsert with this payload takes the attribute away.
pub(super) fn unsets(payload: &Payload) -> bool {
    match content(payload) {
        Content::Nothing | Content::Json(Json::Null) => true,
        Content::Json(Json::Array(items)) => items.is_empty(),
        _ => false,
    }
}

enum Content {
    Nothing,
    Json(Json),
    Bytes,
    Unreadable,
}

fn content(payload: &Payload) -> Content {
    match payload.metadata.get("encoding").map(Vec::as_slice) {
        Some(b"binary/null") => Content::Nothing,
        Some(b"binary/plain") => Content::Bytes,
        Some(b"json/plain") => {
            // Go replaces what is not UTF-8 in a JSON string and goes on.
            let text: Cow<'_, str> = String::from_utf8_lossy(&payload.data);
            serde_json::from_str(&text).map_or(Content::Unreadable, Content::Json)
        }
        _ => Content::Unreadable,
    }
}

fn describe(payload: &Payload) -> String {
    let mut metadata = payload.metadata.iter().collect::<Vec<_>>();
    metadata.sort();
    let metadata = metadata.into_iter().map(|(key, value)| {
        let value = String::from_utf8_lossy(value);
        format!("metadata:{{key:{key:?} value:{value:?}}}")
    });
    let data = (!payload.data.is_empty()).then(|| format!("data:{:?}", String::from_utf8_lossy(&payload.data)));
    metadata.chain(data).collect::<Vec<_>>().join(" ")
}

fn word(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Null => Some(String::new()),
        _ => None,
    }
}

/// Doubles that are whole numbers are written like them, up to where all digits of an `f64` are known.
#[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0).then_some(number as i64)
}
