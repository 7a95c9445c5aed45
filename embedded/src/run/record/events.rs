//! Pieces of histories as they are kept: some events, and where batches end in them.
//!
//! A piece is a list of numbers and of messages, each behind its length, as protobuf has them.

use prost::{Message, decode_length_delimiter, encode_length_delimiter};

use super::Damaged;
use crate::{api::HistoryEvent, run::Log};

/// What was written since there were so many events and batches.
pub(crate) fn encode(log: &Log, events: usize, batches: usize) -> Vec<u8> {
    let new = (events..log.len()).filter_map(|index| log.encoded(index));
    let ends = log.batches().get(batches..).unwrap_or_default();
    let bytes = new.clone().map(|event| event.len() + 10).sum::<usize>() + 10 * (ends.len() + 1);
    let mut piece = Vec::with_capacity(bytes);
    // A vector has room for more.
    let number = |number: usize, piece: &mut Vec<u8>| encode_length_delimiter(number, piece).unwrap_or_default();
    number(ends.len(), &mut piece);
    for end in ends {
        number(*end, &mut piece);
    }
    for event in new {
        number(event.len(), &mut piece);
        piece.extend_from_slice(event);
    }
    piece
}

/// Puts a piece behind those before it.
///
/// Errors: it is none, or not the next one.
pub(crate) fn decode(
    mut piece: &[u8],
    events: &mut Vec<HistoryEvent>,
    batches: &mut Vec<usize>,
) -> Result<(), Damaged> {
    let piece = &mut piece;
    for _ in 0..decode_length_delimiter(&mut *piece)? {
        batches.push(decode_length_delimiter(&mut *piece)?);
    }
    while !piece.is_empty() {
        let event = HistoryEvent::decode_length_delimited(&mut *piece)?;
        if usize::try_from(event.event_id) != Ok(events.len() + 1) {
            return Err(Damaged(format!("event {} follows on event {}", event.event_id, events.len())));
        }
        events.push(event);
    }
    match batches.last() {
        Some(end) if *end > events.len() => Err(Damaged(format!("a batch ends behind the history, at {end}"))),
        _ => Ok(()),
    }
}
