use std::{cmp::Reverse, sync::Arc};

use super::super::record::{Record, micros};

/// The order of lists: open runs first, then those closed last, then those started last, then by run id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    close_time: Reverse<i64>,
    start_time: Reverse<i64>,
    pub(super) run_id: Arc<str>,
}

/// The close time of what is open, later than all.
const OPEN: i64 = i64::MAX;

/// Marks a token, so that other bytes are not taken for one.
const VERSION: u8 = 1;

impl Key {
    pub(super) fn of(record: &Record) -> Self {
        Self {
            close_time: Reverse(record.close_time.map_or(OPEN, |time| micros(time).nanos())),
            start_time: Reverse(micros(record.start_time).nanos()),
            run_id: record.execution.run_id.as_str().into(),
        }
    }

    /// Before every closed run and behind every open one.
    pub(super) fn first_closed() -> Self {
        Self { close_time: Reverse(OPEN - 1), start_time: Reverse(i64::MAX), run_id: "".into() }
    }

    /// The key as an opaque page token.
    pub(super) fn token(&self) -> Vec<u8> {
        let mut token = vec![VERSION];
        token.extend(self.close_time.0.to_be_bytes());
        token.extend(self.start_time.0.to_be_bytes());
        token.extend(self.run_id.as_bytes());
        token
    }

    pub(super) fn from_token(token: &[u8]) -> Option<Self> {
        let (version, rest) = token.split_first()?;
        let (close_time, rest) = rest.split_first_chunk()?;
        let (start_time, run_id) = rest.split_first_chunk()?;
        (*version == VERSION).then_some(())?;
        Some(Self {
            close_time: Reverse(i64::from_be_bytes(*close_time)),
            start_time: Reverse(i64::from_be_bytes(*start_time)),
            run_id: std::str::from_utf8(run_id).ok()?.into(),
        })
    }
}
