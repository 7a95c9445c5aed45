//! Calls as people read them.

use std::fmt;

use temporalio_common::protos::temporal::api::common::v1::Payload;

/// More of one argument would hide the others.
const LONGEST: usize = 200;

/// A call: `charge("4111", 3)`.
pub(super) struct Call<'a> {
    pub(super) name: &'a str,
    pub(super) arguments: &'a [Payload],
}

impl fmt::Display for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.name)?;
        for (index, argument) in self.arguments.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { ", " })?;
            write_argument(f, argument)?;
        }
        f.write_str(")")
    }
}

fn write_argument(f: &mut fmt::Formatter<'_>, argument: &Payload) -> fmt::Result {
    let encoding = argument.metadata.get("encoding").map(Vec::as_slice).unwrap_or_default();
    match (encoding, std::str::from_utf8(&argument.data)) {
        (b"binary/null", _) => f.write_str("null"),
        (b"json/plain" | b"json/protobuf", Ok(json)) => match json.char_indices().nth(LONGEST) {
            Some((end, _)) => write!(f, "{}..", json.get(..end).unwrap_or_default()),
            None => f.write_str(json),
        },
        _ => write!(f, "<{} bytes of {}>", argument.data.len(), String::from_utf8_lossy(encoding)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payload(encoding: &str, data: &str) -> Payload {
        let metadata = [("encoding".to_owned(), encoding.as_bytes().to_vec())].into();
        Payload { metadata, data: data.as_bytes().to_vec(), ..Payload::default() }
    }

    #[test]
    fn arguments_are_shown_as_json_where_they_are() {
        let long = format!("\"{}\"", "é".repeat(300));
        let arguments = [
            payload("json/plain", "\"4111\""),
            payload("binary/null", ""),
            payload("zip", "abc"),
            payload("json/plain", &long),
        ];
        let shown = Call { name: "charge", arguments: &arguments }.to_string();
        assert!(shown.starts_with("charge(\"4111\", null, <3 bytes of zip>, \"éé"), "{shown}");
        assert!(shown.ends_with("é..)"), "{shown}");
        assert_eq!(Call { name: "tick", arguments: &[] }.to_string(), "tick()");
    }
}
