//! Values as the real server, a Go program, prints them in its error texts.

use serde_json::Value;

/// The shortest text that reads back as `number`, with an exponent from a million on.
pub(super) fn float(number: f64) -> String {
    let scientific = format!("{number:e}");
    let Some((digits, exponent)) = scientific.split_once('e') else { return scientific };
    let exponent = exponent.parse::<i32>().unwrap_or_default();
    if number != 0.0 && !(-4..6).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{digits}e{sign}{:02}", exponent.unsigned_abs());
    }
    number.to_string()
}

/// `%v` of a decoded JSON value: every number is a float, lists and maps have no commas.
pub(super) fn json(value: &Value) -> String {
    match value {
        Value::Null => "<nil>".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), float),
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", join(items.iter().map(json))),
        Value::Object(fields) => {
            format!("map[{}]", join(fields.iter().map(|(key, value)| format!("{key}:{}", json(value)))))
        }
    }
}

/// `%v` of a byte slice.
pub(super) fn bytes(data: &[u8]) -> String {
    format!("[{}]", join(data.iter().map(u8::to_string)))
}

fn join(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_look_as_on_the_real_server() {
        for (number, text) in [
            (5.0, "5"),
            (-1.5, "-1.5"),
            (0.0, "0"),
            (100_000.0, "100000"),
            (5_000_000.0, "5e+06"),
            (1_234_567.5, "1.2345675e+06"),
            (1.234_567_890_123_456_9e23, "1.2345678901234569e+23"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
        ] {
            assert_eq!(float(number), text);
        }
    }

    #[test]
    fn lists_and_maps_look_as_on_the_real_server() {
        assert_eq!(json(&serde_json::json!([1, "x", null, {"a": 1.5}])), "[1 x <nil> map[a:1.5]]");
        assert_eq!(bytes(b"5"), "[53]");
    }
}
