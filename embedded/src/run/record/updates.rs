//! Updates as they are kept: those whose outcome the history does not have. There are few of them.

use prost::Message;

use super::Damaged;
use crate::{
    api::{Attributes, update},
    run::{
        Run,
        updates::{Stage, Update, Updates},
    },
};

#[derive(Clone, PartialEq, Message)]
pub(super) struct UpdateRecord {
    #[prost(string, tag = "1")]
    id: String,
    #[prost(uint64, tag = "2")]
    order: u64,
    #[prost(message, optional, tag = "3")]
    request: Option<update::Request>,
    #[prost(bool, tag = "4")]
    written: bool,
    /// Whether the history says that it was accepted.
    #[prost(bool, tag = "9")]
    accepted: bool,
    /// None of these: it is admitted.
    #[prost(oneof = "StageRecord", tags = "5, 6, 7, 8")]
    stage: Option<StageRecord>,
}

#[derive(Clone, PartialEq, prost::Oneof)]
enum StageRecord {
    /// With the task of this stamp.
    #[prost(uint64, tag = "5")]
    Sent(u64),
    /// The accepted event.
    #[prost(int64, tag = "6")]
    Accepted(i64),
    #[prost(message, boxed, tag = "7")]
    Done(Box<update::Outcome>),
    /// Whether another run goes on.
    #[prost(bool, tag = "8")]
    Aborted(bool),
}

impl Updates {
    pub(super) fn records(&self) -> Vec<UpdateRecord> {
        self.updates.iter().filter(|(_, update)| !update.recorded).map(record).collect()
    }
}

impl Run {
    /// Those of the history, and these. So many were admitted.
    pub(super) fn keep_updates(&mut self, records: Vec<UpdateRecord>, admitted: u64) -> Result<(), Damaged> {
        let (mut accepted, mut completed) = (Vec::new(), Vec::new());
        for event in self.log.events() {
            match event.attributes {
                Some(Attributes::WorkflowExecutionUpdateAcceptedEventAttributes(update)) => {
                    accepted.push((event.event_id, update));
                }
                Some(Attributes::WorkflowExecutionUpdateCompletedEventAttributes(update)) => {
                    completed.push(update);
                }
                _ => {}
            }
        }
        for (event_id, update) in accepted {
            self.take_over_accepted(&update, event_id);
        }
        for update in completed {
            self.take_over_completed(&update);
        }
        for record in records {
            let UpdateRecord { id, order, request, written, accepted, stage } = record;
            let stage = match stage {
                None => Stage::Admitted,
                Some(StageRecord::Sent(stamp)) => Stage::Sent(stamp),
                Some(StageRecord::Accepted(event_id)) => Stage::Accepted { event_id },
                Some(StageRecord::Done(outcome)) => Stage::Done(outcome),
                Some(StageRecord::Aborted(continued)) => Stage::Aborted { continued },
            };
            let request = request.ok_or_else(|| Damaged(format!("the update \"{id}\" has no request")))?;
            self.updates.updates.insert(id, Update { order, request, stage, written, recorded: false, accepted });
        }
        self.updates.admitted = admitted;
        Ok(())
    }
}

fn record((id, update): (&String, &Update)) -> UpdateRecord {
    let Update { order, request, stage, written, recorded: _, accepted } = update;
    UpdateRecord {
        id: id.clone(),
        order: *order,
        request: Some(request.clone()),
        written: *written,
        accepted: *accepted,
        stage: match stage {
            Stage::Admitted => None,
            Stage::Sent(stamp) => Some(StageRecord::Sent(*stamp)),
            Stage::Accepted { event_id } => Some(StageRecord::Accepted(*event_id)),
            Stage::Done(outcome) => Some(StageRecord::Done(outcome.clone())),
            Stage::Aborted { continued } => Some(StageRecord::Aborted(*continued)),
        },
    }
}
