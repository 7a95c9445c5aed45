//! What to do with the starts that are due, while a workflow of the schedule may be running.

use temporalio_protos::temporal::api::enums::v1::ScheduleOverlapPolicy as Overlap;

use crate::time::Time;

/// A start that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Start {
    pub(super) nominal: Time,
    pub(super) actual: Time,
    /// Unspecified is the policy that the schedule has when the start's turn comes.
    pub(super) overlap: Overlap,
    /// By a trigger or a backfill.
    pub(super) manual: bool,
}

/// What becomes of a buffer.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Decision {
    /// These start whatever is running, and nobody waits for them.
    pub(super) overlapping: Vec<Start>,
    /// This one starts alone.
    pub(super) next: Option<Start>,
    /// These wait until what is running closes.
    pub(super) waiting: Vec<Start>,
    pub(super) skipped: i64,
    /// What is running shall be cancelled, or rather terminated.
    pub(super) cancel: bool,
    pub(super) terminate: bool,
}

/// Every start is treated by its own policy, in order.
pub(super) fn decide(buffer: Vec<Start>, running: bool, default: Overlap) -> Decision {
    let mut decision = Decision::default();
    for start in buffer {
        let overlap = if start.overlap == Overlap::Unspecified { default } else { start.overlap };
        match overlap {
            Overlap::AllowAll => decision.overlapping.push(start),
            _ if !running && decision.next.is_none() => decision.next = Some(start),
            Overlap::BufferOne if decision.waiting.is_empty() => decision.waiting.push(start),
            Overlap::BufferAll => decision.waiting.push(start),
            // What has not started yet is replaced instead.
            Overlap::CancelOther | Overlap::TerminateOther if !running => decision.next = Some(start),
            Overlap::CancelOther => {
                decision.cancel = true;
                decision.waiting.push(start);
            }
            Overlap::TerminateOther => {
                decision.terminate = true;
                decision.waiting.push(start);
            }
            Overlap::Unspecified | Overlap::Skip | Overlap::BufferOne => decision.skipped += 1,
        }
    }
    if decision.cancel || decision.terminate {
        // They would be stopped right away.
        decision.overlapping.clear();
    }
    decision
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(second: i64, overlap: Overlap) -> Start {
        let time = Time::from_secs(second);
        Start { nominal: time, actual: time, overlap, manual: false }
    }

    #[test]
    fn one_starts_and_the_others_go_by_their_policy() {
        let buffer = vec![
            start(1, Overlap::Unspecified),
            start(2, Overlap::Unspecified),
            start(3, Overlap::BufferOne),
            start(4, Overlap::BufferOne),
            start(5, Overlap::BufferAll),
            start(6, Overlap::AllowAll),
        ];
        let decision = decide(buffer.clone(), false, Overlap::Skip);
        assert_eq!(decision.next, Some(buffer[0]));
        assert_eq!(decision.waiting, [buffer[2], buffer[4]]);
        assert_eq!(decision.overlapping, [buffer[5]]);
        assert_eq!((decision.skipped, decision.cancel, decision.terminate), (2, false, false));

        let decision = decide(buffer.clone(), true, Overlap::Skip);
        assert_eq!((decision.next, decision.skipped), (None, 3));
        assert_eq!(decision.waiting, [buffer[2], buffer[4]]);
    }

    #[test]
    fn what_runs_is_stopped_and_what_does_not_is_replaced() {
        for overlap in [Overlap::CancelOther, Overlap::TerminateOther] {
            let buffer = vec![start(1, overlap), start(2, overlap), start(3, Overlap::AllowAll)];
            let decision = decide(buffer.clone(), false, Overlap::Skip);
            assert_eq!((decision.next, decision.waiting.len()), (Some(buffer[1]), 0));
            assert_eq!(decision.overlapping, [buffer[2]]);

            let decision = decide(buffer.clone(), true, Overlap::Skip);
            assert_eq!((decision.next, &decision.waiting[..]), (None, &buffer[..2]));
            assert_eq!(decision.overlapping, []);
            assert_eq!(decision.terminate, overlap == Overlap::TerminateOther);
            assert_eq!(decision.cancel, overlap == Overlap::CancelOther);
        }
    }
}
