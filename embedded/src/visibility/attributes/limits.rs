//! How much of everything: as in the dev server, which stores search attributes in SQLite.

use super::Kind;

/// Bytes of one value.
pub(super) const VALUE_SIZE: usize = 2048;
/// Bytes of all search attributes of a run, encoded.
pub(super) const TOTAL_SIZE: usize = 40 * 1024;

/// How many custom attributes of one type a namespace may have.
pub(super) const fn custom(kind: Kind) -> usize {
    match kind {
        Kind::Keyword => 10,
        _ => 3,
    }
}
