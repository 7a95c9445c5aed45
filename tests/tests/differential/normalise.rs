//! A record as lines that can be compared: what differs from run to run, and says nothing, is taken away or numbered.

use std::collections::HashMap;

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;

use super::{
    allowed::{LEFT_OUT, MARKER_TIMES},
    record::{Record, Run},
};

/// Payloads that are longer are shown as what they begin with and their hash.
const LONG: usize = 200;

/// The lines of a record: what the client has seen, then each run's events and description.
pub(crate) fn record(record: &Record) -> Vec<String> {
    let mut names = Names::default();
    let mut lines: Vec<String> = record.seen.iter().map(|line| format!("client: {}", names.rename(line))).collect();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for run in &record.runs {
        let number = numbers.entry(&run.workflow_id).or_default();
        *number += 1;
        lines.extend(events(run, *number, &mut names));
    }
    lines
}

fn events(run: &Run, number: usize, names: &mut Names) -> Vec<String> {
    let mut lines = vec![format!("{} run {number}", run.workflow_id)];
    for event in &run.events {
        let value = serde_json::to_value(event).unwrap_or_default();
        let Value::Object(mut fields) = value else { continue };
        let attributes = fields.remove("attributes").unwrap_or_default();
        fields.remove("event_id");
        fields.remove("event_type");
        let Value::Object(attributes) = attributes else { continue };
        for (kind, attributes) in attributes {
            let kind = kind.trim_end_matches("EventAttributes");
            lines.push(format!("{:>3} {kind}", event.event_id));
            flatten(&attributes, &mut String::new(), names, &mut lines);
        }
        flatten(&Value::Object(fields), &mut String::new(), names, &mut lines);
    }
    lines.push("described".to_owned());
    let description = serde_json::to_value(&run.description).unwrap_or_default();
    flatten(&description, &mut String::new(), names, &mut lines);
    lines
}

/// One line for each value that is not a default.
fn flatten(value: &Value, path: &mut String, names: &mut Names, lines: &mut Vec<String>) {
    let line = |text: String, path: &str| format!("      {}: {text}", path.trim_start_matches('.'));
    match value {
        Value::Null | Value::Bool(false) => {}
        Value::Object(fields) if is_payload(value) => {
            let payload = payload(fields);
            lines.push(line(names.rename(&payload), path));
        }
        Value::Object(fields) => {
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_by_key(|(key, _)| key.as_str());
            for (key, value) in sorted.into_iter().filter(|(key, _)| !LEFT_OUT.contains(&key.as_str())) {
                let length = path.len();
                path.push('.');
                // The ids of requests are keys, too; those of children's name their parent.
                path.push_str(&if is_id(key) { "an id".to_owned() } else { names.rename(key) });
                match value {
                    // Nothing refers to them.
                    Value::String(id) if key == "request_id" && is_id(id) => lines.push(line("an id".to_owned(), path)),
                    value => flatten(value, path, names, lines),
                }
                path.truncate(length);
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                let length = path.len();
                path.push_str(&format!("[{index}]"));
                flatten(value, path, names, lines);
                path.truncate(length);
            }
        }
        Value::String(text) if text.is_empty() => {}
        Value::String(text) if is_time(text) && !text.starts_with("0001") && !text.starts_with("1970") => {
            lines.push(line("a time".to_owned(), path))
        }
        Value::String(text) => lines.push(line(names.rename(text), path)),
        Value::Number(number) if number.as_f64() == Some(0.0) => {}
        other => lines.push(line(other.to_string(), path)),
    }
}

fn is_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 20 && bytes.get(4) == Some(&b'-') && bytes.get(10) == Some(&b'T') && text.ends_with('Z')
}

fn is_payload(value: &Value) -> bool {
    value.get("metadata").and_then(|metadata| metadata.get("encoding")).is_some()
}

fn payload(fields: &serde_json::Map<String, Value>) -> String {
    let decoded = |value: &Value| {
        let bytes = BASE64_STANDARD.decode(value.as_str().unwrap_or_default()).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let mut metadata: Vec<_> = fields
        .get("metadata")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(key, value)| format!("{key}={}", decoded(value)))
        .collect();
    metadata.retain(|entry| entry != "encoding=json/plain");
    metadata.sort();
    let data = fields.get("data").map(decoded).unwrap_or_default();
    let data = match serde_json::from_str::<Value>(&data) {
        Ok(Value::Object(mut object)) => {
            for time in MARKER_TIMES {
                if let Some(value) = object.get_mut(*time) {
                    *value = Value::String("a time".to_owned());
                }
            }
            Value::Object(object).to_string()
        }
        _ => data,
    };
    let data = if data.len() > LONG {
        format!("{}.. {}", data.chars().take(60).collect::<String>(), hash(&data))
    } else {
        data
    };
    [vec![data], metadata].concat().join(" ")
}

fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Random ids, numbered as they come.
#[derive(Default)]
struct Names(HashMap<String, usize>);

impl Names {
    fn rename(&mut self, text: &str) -> String {
        let mut renamed = String::new();
        let mut rest = text;
        while !rest.is_empty() {
            let id = [36, 32].iter().find_map(|length| rest.get(..*length).filter(|id| is_id(id)));
            match id {
                Some(id) => {
                    let next = self.0.len() + 1;
                    let number = self.0.entry(id.to_owned()).or_insert(next);
                    renamed.push_str(&format!("id-{number}"));
                    rest = rest.get(id.len()..).unwrap_or_default();
                }
                None => {
                    let mut characters = rest.chars();
                    renamed.extend(characters.next());
                    rest = characters.as_str();
                }
            }
        }
        renamed
    }
}

/// A UUID, with its hyphens or without.
fn is_id(text: &str) -> bool {
    text.bytes().enumerate().all(|(index, byte)| match index {
        8 | 13 | 18 | 23 if text.len() == 36 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    }) && matches!(text.len(), 32 | 36)
}
