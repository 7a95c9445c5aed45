//! The history of a run.

use std::ops::Range;

use prost::Message;

use crate::{
    api::{Attributes, HistoryEvent, Link, UserMetadata},
    time::Time,
};

/// Events, and which of them were written together.
///
/// They are kept as protobuf has them, one behind the other: as a struct, each would take 2 kB, which is ten times as much.
#[derive(Debug, Default)]
pub(crate) struct Log {
    encoded: Vec<u8>,
    /// Where each event ends in them.
    ends: Vec<usize>,
    /// The index behind the last event of each batch.
    batches: Vec<usize>,
}

/// What an event has beside its attributes.
#[derive(Clone, Debug, Default)]
pub(super) struct Extra {
    pub(super) user_metadata: Option<UserMetadata>,
    pub(super) links: Vec<Link>,
}

impl Log {
    /// Events that were kept, and the index behind the last one of each batch.
    pub(crate) fn kept(events: &[HistoryEvent], batches: Vec<usize>) -> Self {
        let mut log = Self { batches, ..Self::default() };
        log.copy(events);
        log
    }

    /// All events, one after the other.
    pub(crate) fn events(&self) -> impl DoubleEndedIterator<Item = HistoryEvent> {
        self.range(0..self.len())
    }

    /// The events at these indices, as far as there are any.
    pub(crate) fn range(&self, indices: Range<usize>) -> impl DoubleEndedIterator<Item = HistoryEvent> {
        indices.filter_map(|index| self.at(index))
    }

    pub(crate) fn event(&self, id: i64) -> Option<HistoryEvent> {
        self.at(usize::try_from(id).ok()?.checked_sub(1)?)
    }

    pub(crate) fn last(&self) -> Option<HistoryEvent> {
        self.event(self.last_id())
    }

    fn at(&self, index: usize) -> Option<HistoryEvent> {
        let event = HistoryEvent::decode(self.encoded(index)?);
        debug_assert!(event.is_ok(), "what was encoded can be decoded: {event:?}");
        event.ok()
    }

    /// The event at this index as protobuf has it.
    pub(super) fn encoded(&self, index: usize) -> Option<&[u8]> {
        let start = index.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.encoded.get(start..*self.ends.get(index)?)
    }

    /// The index behind the last event of each batch.
    pub(crate) fn batches(&self) -> &[usize] {
        &self.batches
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.encoded.len()
    }

    /// The id the next event gets.
    pub(crate) fn next_id(&self) -> i64 {
        i64::try_from(self.len()).unwrap_or(i64::MAX - 1) + 1
    }

    pub(crate) fn last_id(&self) -> i64 {
        self.next_id() - 1
    }

    /// The end of the batch that holds the event at this index: pages break between batches only.
    pub(crate) fn batch_end(&self, index: usize) -> usize {
        let batch = self.batches.partition_point(|end| *end <= index);
        self.batches.get(batch).copied().unwrap_or(self.len())
    }

    /// The end of so many batches from the one that holds the event at this index.
    pub(crate) fn batches_end(&self, index: usize, count: usize) -> usize {
        let batch = self.batches.partition_point(|end| *end <= index).saturating_add(count.saturating_sub(1));
        self.batches.get(batch).copied().unwrap_or(self.len())
    }

    /// What was written since belongs together.
    pub(super) fn seal(&mut self) {
        if self.batches.last().copied().unwrap_or(0) < self.len() {
            self.batches.push(self.len());
        }
    }

    /// Takes over events of another run, as they are.
    pub(super) fn copy(&mut self, events: &[HistoryEvent]) {
        self.encoded.reserve(events.iter().map(Message::encoded_len).sum());
        for event in events {
            self.push(event);
        }
    }

    /// No more events are to come.
    pub(super) fn shrink(&mut self) {
        self.encoded.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    pub(super) fn append(&mut self, attributes: Attributes, time: Time, extra: Extra) -> i64 {
        let event = event(self.next_id(), attributes, time, extra);
        self.push(&event);
        event.event_id
    }

    fn push(&mut self, event: &HistoryEvent) {
        // A vector has room for more.
        event.encode(&mut self.encoded).unwrap_or_default();
        self.ends.push(self.encoded.len());
    }
}

/// An event that is shown to a worker, and may never be written.
pub(super) fn event(id: i64, attributes: Attributes, time: Time, extra: Extra) -> HistoryEvent {
    HistoryEvent {
        event_id: id,
        event_time: Some(time.proto()),
        event_type: attributes.event_type() as i32,
        task_id: TASK_IDS + id,
        worker_may_ignore: matches!(attributes, Attributes::WorkflowExecutionOptionsUpdatedEventAttributes(_)),
        user_metadata: extra.user_metadata,
        links: extra.links,
        attributes: Some(attributes),
        ..HistoryEvent::default()
    }
}

/// Where the real server's numbers begin.
const TASK_IDS: i64 = 1 << 20;
