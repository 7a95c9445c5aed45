//! Durations as people write them for Go: `1h30m`, `1.5h`, and days besides.

/// Nanoseconds. Sums of numbers with a unit: `ns`, `us`, `ms`, `s`, `m`, `h` or `d`, after an optional sign.
pub(crate) fn parse(text: &str) -> Result<i64, String> {
    let text = &days_as_hours(text);
    let invalid = || format!("time: invalid duration {}", quoted(text));
    let (negative, mut rest) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text.as_str()),
    };
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    let mut sum: u64 = 0;
    while !rest.is_empty() {
        let (whole, after) = digits(rest);
        let (fraction, after) = after.strip_prefix('.').map_or(("", after), digits);
        if whole.is_empty() && fraction.is_empty() {
            return Err(invalid());
        }
        let end = after.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(after.len());
        let (name, after) = after.split_at(end);
        if name.is_empty() {
            return Err(format!("time: missing unit in duration {}", quoted(text)));
        }
        let unit =
            unit(name).ok_or_else(|| format!("time: unknown unit {} in duration {}", quoted(name), quoted(text)))?;
        let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| invalid())? };
        let value = whole.checked_mul(unit).and_then(|value| value.checked_add(part(fraction, unit)));
        sum = value.and_then(|value| sum.checked_add(value)).ok_or_else(invalid)?;
        rest = after;
    }
    let sum = i64::try_from(sum).map_err(|_| invalid())?;
    Ok(if negative { -sum } else { sum })
}

/// Days have 24 hours here.
fn days_as_hours(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c == '.' || c.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        let (whole, after) = digits(number);
        let after = after.strip_prefix('.').map_or(after, |after| digits(after).1);
        let (number, after) = number.split_at(number.len() - after.len());
        out.push_str(before);
        match (after.strip_prefix('d'), number.parse::<f64>()) {
            (Some(after), Ok(days)) if !whole.is_empty() || number.len() > 1 => {
                out.push_str(&format!("{:.6}h", 24.0 * days));
                rest = after;
            }
            _ => {
                out.push_str(number);
                rest = after;
            }
        }
    }
    out + rest
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

fn unit(name: &str) -> Option<u64> {
    Some(match name {
        "ns" => 1,
        "us" | "\u{b5}s" | "\u{3bc}s" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    })
}

/// The digits after the point, in nanoseconds.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "below a unit"
)]
fn part(fraction: &str, unit: u64) -> u64 {
    format!("0.{fraction}").parse::<f64>().map_or(0, |part| (part * unit as f64) as u64)
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            _ => {
                let mut bytes = [0; 4];
                out.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("\\x{byte:02x}")));
            }
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::parse;

    #[test]
    fn durations() {
        assert_eq!(parse("1h30m"), Ok(5_400_000_000_000));
        assert_eq!(parse("1.5s"), Ok(1_500_000_000));
        assert_eq!(parse("-1ms2us3ns"), Ok(-1_002_003));
        assert_eq!(parse("1.5d2h"), Ok(38 * 3_600_000_000_000));
        assert_eq!(parse("0"), Ok(0));
        assert_eq!(parse("5"), Err("time: missing unit in duration \"5\"".into()));
        assert_eq!(parse("5 m"), Err("time: unknown unit \" m\" in duration \"5 m\"".into()));
        assert_eq!(parse("\u{e9}"), Err("time: invalid duration \"\\xc3\\xa9\"".into()));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "\\PC*") {
            let _ = parse(&text);
        }

        #[test]
        fn text_that_looks_right_is_answered(text in "[-+]?([0-9.]{0,20}(ns|us|ms|s|m|h|d|)){0,4}") {
            let _ = parse(&text);
        }
    }
}
