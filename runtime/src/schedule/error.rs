//! Why a schedule call failed.

use temporalio_client::{
    schedules::ScheduleError as Official,
    tonic::{Code, Status},
};
use temporalio_common::data_converters::PayloadConversionError;

use crate::calls::{Said, missing_namespace};

/// A call about a schedule failed.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum ScheduleError {
    /// There is a schedule of this id already.
    #[error("schedule `{schedule_id}` exists already")]
    AlreadyExists {
        /// The schedule id.
        schedule_id: String,
        /// What the server says.
        source: Status,
    },
    /// There is no schedule of this id.
    #[error("schedule `{schedule_id}` is not found{}", in_no_namespace(.source))]
    NotFound {
        /// The schedule id.
        schedule_id: String,
        /// What the server says.
        source: Status,
    },
    /// Arguments, memo or search attributes do not convert.
    #[error("schedule `{schedule_id}`: {source}")]
    PayloadConversion {
        /// The schedule id.
        schedule_id: String,
        /// What the data converter says.
        source: PayloadConversionError,
    },
    /// The server refused the call.
    #[error("schedule `{schedule_id}`: {}", Said(.source))]
    Rpc {
        /// The schedule id.
        schedule_id: String,
        /// What the server says.
        source: Status,
    },
    /// The server's description lacks something.
    #[error("schedule `{schedule_id}`: the server's description is malformed: {reason}")]
    Malformed {
        /// The schedule id.
        schedule_id: String,
        /// What is wrong.
        reason: String,
    },
}

crate::shown::debug_is_display!(ScheduleError);

/// Of a schedule in a namespace that is not there, that is what is wrong.
fn in_no_namespace(status: &Status) -> String {
    missing_namespace(status).map_or_else(String::new, |namespace| format!(": there is no namespace `{namespace}`"))
}

impl ScheduleError {
    pub(super) fn status(schedule_id: &str, source: Status) -> Self {
        let schedule_id = schedule_id.to_owned();
        match source.code() {
            Code::AlreadyExists => Self::AlreadyExists { schedule_id, source },
            Code::NotFound => Self::NotFound { schedule_id, source },
            _ => Self::Rpc { schedule_id, source },
        }
    }

    pub(super) fn conversion(schedule_id: &str, source: PayloadConversionError) -> Self {
        Self::PayloadConversion { schedule_id: schedule_id.to_owned(), source }
    }

    pub(super) fn official(schedule_id: &str, error: Official) -> Self {
        match error {
            Official::Rpc(status) => Self::status(schedule_id, status),
            Official::PayloadConversion(source) => Self::conversion(schedule_id, source),
            Official::MalformedDescription { reason, .. } => {
                Self::Malformed { schedule_id: schedule_id.to_owned(), reason }
            }
            other => Self::Malformed { schedule_id: schedule_id.to_owned(), reason: other.to_string() },
        }
    }
}
