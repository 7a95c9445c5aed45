//! The history of a run.

use prost::Message;

use crate::{
    api::{Attributes, HistoryEvent, Link, UserMetadata},
    time::Time,
};

/// Events, and which of them were written together.
#[derive(Debug, Default)]
pub(crate) struct Log {
    events: Vec<HistoryEvent>,
    /// The index behind the last event of each batch.
    batches: Vec<usize>,
    bytes: usize,
}

/// What an event has beside its attributes.
#[derive(Clone, Debug, Default)]
pub(super) struct Extra {
    pub(super) user_metadata: Option<UserMetadata>,
    pub(super) links: Vec<Link>,
}

impl Log {
    /// Events that were kept, and the index behind the last one of each batch.
    pub(crate) fn kept(events: Vec<HistoryEvent>, batches: Vec<usize>) -> Self {
        let bytes = events.iter().map(Message::encoded_len).sum();
        Self { events, batches, bytes }
    }

    pub(crate) fn events(&self) -> &[HistoryEvent] {
        &self.events
    }

    /// The events from this id on.
    pub(crate) fn since(&self, first_id: i64) -> &[HistoryEvent] {
        let index = usize::try_from(first_id.saturating_sub(1)).unwrap_or(0);
        self.events.get(index..).unwrap_or_default()
    }

    pub(super) fn event(&self, id: i64) -> Option<&HistoryEvent> {
        self.events.get(usize::try_from(id).ok()?.checked_sub(1)?)
    }

    /// The index behind the last event of each batch.
    pub(crate) fn batches(&self) -> &[usize] {
        &self.batches
    }

    pub(crate) fn len(&self) -> usize {
        self.events.len()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The id the next event gets.
    pub(crate) fn next_id(&self) -> i64 {
        i64::try_from(self.events.len()).unwrap_or(i64::MAX - 1) + 1
    }

    pub(crate) fn last_id(&self) -> i64 {
        self.next_id() - 1
    }

    /// The end of the batch that holds the event at this index: pages break between batches only.
    pub(crate) fn batch_end(&self, index: usize) -> usize {
        let batch = self.batches.partition_point(|end| *end <= index);
        self.batches.get(batch).copied().unwrap_or(self.events.len())
    }

    /// The end of so many batches from the one that holds the event at this index.
    pub(crate) fn batches_end(&self, index: usize, count: usize) -> usize {
        let batch = self.batches.partition_point(|end| *end <= index).saturating_add(count.saturating_sub(1));
        self.batches.get(batch).copied().unwrap_or(self.events.len())
    }

    /// What was written since belongs together.
    pub(super) fn seal(&mut self) {
        if self.batches.last().copied().unwrap_or(0) < self.events.len() {
            self.batches.push(self.events.len());
        }
    }

    /// Takes over events of another run, as they are.
    pub(super) fn copy(&mut self, events: &[HistoryEvent]) {
        self.bytes += events.iter().map(Message::encoded_len).sum::<usize>();
        self.events.extend_from_slice(events);
    }

    pub(super) fn append(&mut self, attributes: Attributes, time: Time, extra: Extra) -> i64 {
        let event = event(self.next_id(), attributes, time, extra);
        self.bytes += event.encoded_len();
        let id = event.event_id;
        self.events.push(event);
        id
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
