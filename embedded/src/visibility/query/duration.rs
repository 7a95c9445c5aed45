//! Lengths of time as filters write them: nanoseconds, `1h30m`, `1d` or `01:30:00`.

const SECOND: f64 = 1e9;

/// In nanoseconds.
pub(super) fn parse(text: &str) -> Option<i64> {
    text.parse().ok().or_else(|| units(text)).or_else(|| clock(text))
}

fn units(text: &str) -> Option<i64> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest.is_empty() {
        return None;
    }
    let mut nanos = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|ch: char| !ch.is_ascii_digit() && ch != '.')?;
        let (number, unit) = rest.split_at_checked(digits)?;
        let end = unit.find(|ch: char| ch.is_ascii_digit() || ch == '.').unwrap_or(unit.len());
        let (unit, after) = unit.split_at_checked(end)?;
        nanos += number.parse::<f64>().ok()? * scale(unit)?;
        rest = after;
    }
    saturate(sign * nanos)
}

fn scale(unit: &str) -> Option<f64> {
    Some(match unit {
        "ns" => 1.0,
        "us" | "µs" | "μs" => 1e3,
        "ms" => 1e6,
        "s" => SECOND,
        "m" => 60.0 * SECOND,
        "h" => 3_600.0 * SECOND,
        "d" => 86_400.0 * SECOND,
        _ => return None,
    })
}

fn clock(text: &str) -> Option<i64> {
    let mut parts = text.split(':').map(|part| {
        let number = !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
        if number { part.parse::<i64>().ok() } else { None }
    });
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || minutes > 59 || seconds > 59 {
        return None;
    }
    hours.checked_mul(3_600)?.checked_add(minutes * 60 + seconds)?.checked_mul(1_000_000_000)
}

#[expect(clippy::cast_possible_truncation, reason = "checked to be in range; fractions of a nanosecond do not count")]
fn saturate(nanos: f64) -> Option<i64> {
    // 2^63, the first that is too long.
    (nanos.abs() < 9_223_372_036_854_775_808.0).then_some(nanos as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time() {
        for (text, nanos) in [
            ("100000000000", 100_000_000_000),
            ("1ns", 1),
            ("-5s", -5_000_000_000),
            ("1h30m", 5_400_000_000_000),
            ("1.5h", 5_400_000_000_000),
            ("1d", 86_400_000_000_000),
            ("00:10:00", 600_000_000_000),
            ("1:10:00", 4_200_000_000_000),
        ] {
            assert_eq!(parse(text), Some(nanos), "{text}");
        }
        for text in ["", "x", "1h 30m", "5x", "1.2.3s", "-", "1:2", "1:99:00", "::", "99999999999999h", "é", "1é"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
