//! A schedule as it is kept.

use prost::Message;
use temporalio_protos::temporal::api::{
    common::v1::{Memo, Payloads, SearchAttributes, WorkflowExecution},
    enums::v1::ScheduleOverlapPolicy as Overlap,
    failure::v1::Failure,
    schedule::v1::{Schedule as Definition, ScheduleActionResult},
};

use super::{Backfill, Counts, Schedule, Start, complete};
use crate::{run::Damaged, time::Time};

#[derive(Clone, PartialEq, Message)]
struct ScheduleRecord {
    #[prost(string, tag = "1")]
    namespace: String,
    #[prost(string, tag = "2")]
    id: String,
    #[prost(string, tag = "3")]
    request_id: String,
    #[prost(string, tag = "4")]
    seed: String,
    #[prost(message, optional, tag = "5")]
    schedule: Option<Definition>,
    #[prost(message, optional, tag = "6")]
    memo: Option<Memo>,
    #[prost(message, optional, tag = "7")]
    search_attributes: Option<SearchAttributes>,
    #[prost(sfixed64, tag = "8")]
    created: i64,
    #[prost(sfixed64, optional, tag = "9")]
    updated: Option<i64>,
    #[prost(sfixed64, tag = "10")]
    processed: i64,
    #[prost(int64, tag = "11")]
    conflict_token: i64,
    #[prost(int64, tag = "12")]
    actions: i64,
    #[prost(int64, tag = "13")]
    missed: i64,
    #[prost(int64, tag = "14")]
    skipped: i64,
    #[prost(int64, tag = "15")]
    dropped: i64,
    #[prost(message, repeated, tag = "16")]
    recent: Vec<ScheduleActionResult>,
    #[prost(message, repeated, tag = "17")]
    running: Vec<WorkflowExecution>,
    #[prost(uint64, tag = "18")]
    next_start: u64,
    #[prost(message, repeated, tag = "19")]
    buffer: Vec<StartRecord>,
    #[prost(message, repeated, tag = "20")]
    backfills: Vec<BackfillRecord>,
    #[prost(message, optional, tag = "21")]
    last_completion_result: Option<Payloads>,
    #[prost(message, optional, tag = "22")]
    continued_failure: Option<Failure>,
    #[prost(sfixed64, optional, tag = "23")]
    wakeup: Option<i64>,
}

#[derive(Clone, PartialEq, Message)]
struct StartRecord {
    #[prost(sfixed64, tag = "1")]
    nominal: i64,
    #[prost(sfixed64, tag = "2")]
    actual: i64,
    #[prost(enumeration = "Overlap", tag = "3")]
    overlap: i32,
    #[prost(bool, tag = "4")]
    manual: bool,
}

#[derive(Clone, PartialEq, Message)]
struct BackfillRecord {
    #[prost(sfixed64, tag = "1")]
    after: i64,
    #[prost(sfixed64, tag = "2")]
    end: i64,
    #[prost(enumeration = "Overlap", tag = "3")]
    overlap: i32,
}

impl Schedule {
    pub(crate) fn encode(&self) -> Vec<u8> {
        // A field that is added has to be kept, or to be left out on purpose.
        let Self {
            namespace,
            id,
            request_id,
            seed,
            schedule,
            // That of the schedule.
            spec: _,
            memo,
            search_attributes,
            created,
            updated,
            processed,
            conflict_token,
            counts: Counts { actions, missed, skipped, dropped },
            recent,
            running,
            // Answered before anything is kept.
            starting: _,
            next_start,
            buffer,
            backfills,
            last_completion_result,
            continued_failure,
            wakeup,
            // One that is finished is not kept.
            finished: _,
        } = self.clone();
        let record = ScheduleRecord {
            namespace,
            id,
            request_id,
            seed,
            schedule: Some(schedule),
            memo,
            search_attributes,
            created: created.nanos(),
            updated: updated.map(Time::nanos),
            processed: processed.nanos(),
            conflict_token,
            actions,
            missed,
            skipped,
            dropped,
            recent: recent.into(),
            running,
            next_start,
            buffer: buffer.into_iter().map(start_record).collect(),
            backfills: backfills.into_iter().map(backfill_record).collect(),
            last_completion_result,
            continued_failure,
            wakeup: wakeup.map(Time::nanos),
        };
        record.encode_to_vec()
    }

    /// Errors: it makes no sense.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, Damaged> {
        let record = ScheduleRecord::decode(bytes)?;
        let schedule =
            record.schedule.ok_or_else(|| Damaged(format!("the schedule \"{}\" says nothing", record.id)))?;
        let (schedule, spec) = complete(schedule).map_err(|refusal| Damaged(refusal.to_string()))?;
        Ok(Self {
            namespace: record.namespace,
            id: record.id,
            request_id: record.request_id,
            seed: record.seed,
            schedule,
            spec,
            memo: record.memo,
            search_attributes: record.search_attributes,
            created: Time::from_nanos(record.created),
            updated: record.updated.map(Time::from_nanos),
            processed: Time::from_nanos(record.processed),
            conflict_token: record.conflict_token,
            counts: Counts {
                actions: record.actions,
                missed: record.missed,
                skipped: record.skipped,
                dropped: record.dropped,
            },
            recent: record.recent.into(),
            running: record.running,
            starting: Default::default(),
            next_start: record.next_start,
            buffer: record.buffer.iter().map(start).collect(),
            backfills: record.backfills.iter().map(backfill).collect(),
            last_completion_result: record.last_completion_result,
            continued_failure: record.continued_failure,
            wakeup: record.wakeup.map(Time::from_nanos),
            finished: false,
        })
    }
}

fn start_record(Start { nominal, actual, overlap, manual }: Start) -> StartRecord {
    StartRecord { nominal: nominal.nanos(), actual: actual.nanos(), overlap: overlap as i32, manual }
}

fn start(record: &StartRecord) -> Start {
    Start {
        nominal: Time::from_nanos(record.nominal),
        actual: Time::from_nanos(record.actual),
        overlap: record.overlap(),
        manual: record.manual,
    }
}

fn backfill_record(Backfill { after, end, overlap }: Backfill) -> BackfillRecord {
    BackfillRecord { after: after.nanos(), end: end.nanos(), overlap: overlap as i32 }
}

fn backfill(record: &BackfillRecord) -> Backfill {
    Backfill { after: Time::from_nanos(record.after), end: Time::from_nanos(record.end), overlap: record.overlap() }
}
