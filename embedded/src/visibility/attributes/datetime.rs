//! Times as search attributes and list filters write them: RFC 3339, read as strictly as Go reads it.

use chrono::{DateTime, FixedOffset, SecondsFormat, SubsecRound as _};

pub(in super::super) fn parse(text: &str) -> Option<DateTime<FixedOffset>> {
    // chrono also takes `t`, `z`, a space for the `T`, and leap seconds.
    let strict = text.as_bytes().get(10) == Some(&b'T') && !text.ends_with('z') && text.get(17..19) != Some("60");
    if strict { DateTime::parse_from_rfc3339(text).ok() } else { None }
}

/// The shortest text of the same instant in the same zone.
pub(super) fn format(time: &DateTime<FixedOffset>) -> String {
    let text = time.to_rfc3339_opts(SecondsFormat::Secs, true);
    let nanos = time.timestamp_subsec_nanos();
    if nanos == 0 {
        return text;
    }
    let fraction = format!("{nanos:09}");
    let (seconds, zone) = text.split_at_checked("2024-01-02T03:04:05".len()).unwrap_or((&text, ""));
    format!("{seconds}.{}{zone}", fraction.trim_end_matches('0'))
}

/// Visibility keeps microseconds, also of what it is asked for.
pub(in super::super) fn truncate<Tz: chrono::TimeZone>(time: DateTime<Tz>) -> DateTime<Tz> {
    time.trunc_subsecs(6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_go_reads_is_a_time() {
        for text in [
            "2024-01-02",
            "2024-01-02 00:00:00Z",
            "2024-01-02t00:00:00Z",
            "2024-01-02T00:00:00z",
            "2024-01-02T00:00:00",
            "2024-13-02T00:00:00Z",
            "2024-02-30T00:00:00Z",
            "2024-01-02T24:00:00Z",
            "2024-01-02T00:00:60Z",
            "10000-01-01T00:00:00Z",
            "1704164645500000000",
            "",
            "é2024-01-02T00:00:00Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn times_keep_their_zone_and_lose_idle_digits() {
        for (text, kept) in [
            ("2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z"),
            ("2024-01-02T03:04:05.120000000Z", "2024-01-02T03:04:05.12Z"),
            ("2024-01-02T03:04:05.123456789+02:00", "2024-01-02T03:04:05.123456789+02:00"),
            ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(parse(text).map(|time| format(&time)).as_deref(), Some(kept));
        }
    }
}
