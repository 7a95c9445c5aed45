//! The file of a server that keeps what it has: records by their names, and nothing of what they mean.
//!
//! `redb` is the store: pure Rust, with transactions that are there as a whole or not at all after a kill. The server has
//! everything in memory besides, so the file is read once, at the start, and only written from then on.

mod error;
mod failed;
mod new;
mod read;
mod sum;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use redb::{Database, Key, Table, TableDefinition, Value, WriteTransaction};

pub use error::OpenError;

pub(crate) use failed::Failed;

use error::Problem;
use sum::seal;

/// The format of what is in the tables. One that cannot be read by the version before gets the next number.
const FORMAT: u64 = 1;
/// How much of the file `redb` has in memory: what it has to change, since nothing is read.
const CACHE_BYTES: usize = 32 << 20;

const META: TableDefinition<'_, &str, u64> = TableDefinition::new("durably");
const NAMESPACES: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("namespaces");
const RUNS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("runs");
/// By run, and by how many events are before them.
const EVENTS: TableDefinition<'_, (u64, u64), &[u8]> = TableDefinition::new("events");
/// The latest run of each workflow id, by namespace.
const LATEST: TableDefinition<'_, (&str, &str), u64> = TableDefinition::new("latest");
/// By namespace and id.
const SCHEDULES: TableDefinition<'_, (&str, &str), &[u8]> = TableDefinition::new("schedules");
/// The schedules of the chains they have started, by the first run.
const SCHEDULED: TableDefinition<'_, &str, (&str, &str)> = TableDefinition::new("scheduled");
/// The parents of children whose parents were reset, by the first runs of the children.
const PARENTS: TableDefinition<'_, &str, u64> = TableDefinition::new("parents");

const META_FORMAT: &str = "format";
const META_OPENED: &str = "opened";
const META_SKIPPED: &str = "skipped";
const META_NOW: &str = "now";

/// Two names, of which the first one is that of a namespace.
pub(crate) type Pair = (String, String);

/// What has changed, to be written together. `None` is for what is gone.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// By how much the clock is ahead of the wall's, and what it says, in nanoseconds.
    pub(crate) skipped: u64,
    pub(crate) now: u64,
    pub(crate) namespaces: Vec<(String, Option<Vec<u8>>)>,
    /// The events of a run that is gone go with it.
    pub(crate) runs: Vec<(u64, Option<Vec<u8>>)>,
    pub(crate) events: Vec<((u64, u64), Vec<u8>)>,
    pub(crate) latest: Vec<(Pair, Option<u64>)>,
    pub(crate) schedules: Vec<(Pair, Option<Vec<u8>>)>,
    pub(crate) scheduled: Vec<(String, Option<Pair>)>,
    pub(crate) parents: Vec<(String, Option<u64>)>,
}

/// All that is in a file.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// How often the file was opened before.
    pub(crate) opened: u64,
    pub(crate) skipped: u64,
    pub(crate) now: u64,
    pub(crate) namespaces: Vec<(String, Vec<u8>)>,
    pub(crate) runs: Vec<KeptRun>,
    pub(crate) latest: Vec<(Pair, u64)>,
    pub(crate) schedules: Vec<(Pair, Vec<u8>)>,
    pub(crate) scheduled: Vec<(String, Pair)>,
    pub(crate) parents: Vec<(String, u64)>,
}

/// A run, and its history in pieces.
#[derive(Debug)]
pub(crate) struct KeptRun {
    pub(crate) key: u64,
    pub(crate) record: Vec<u8>,
    pub(crate) events: Vec<Vec<u8>>,
}

/// An open file; nobody else can open it meanwhile.
pub(crate) struct File {
    path: PathBuf,
    database: Database,
}

impl File {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a batch. It is there for good when this returns.
    ///
    /// Errors: those of the disk. Nothing can be written any more then.
    pub(crate) fn write(&self, batch: &Batch) -> Result<(), Failed> {
        let transaction = self.database.begin_write()?;
        {
            let mut meta = transaction.open_table(META)?;
            meta.insert(META_SKIPPED, batch.skipped)?;
            meta.insert(META_NOW, batch.now)?;
        }
        table(&transaction, NAMESPACES, &batch.namespaces, |table, (name, record)| {
            put(table, name.as_str(), record.as_deref().map(seal).as_deref())
        })?;
        table(&transaction, RUNS, &batch.runs, |table, (key, record)| {
            put(table, *key, record.as_deref().map(seal).as_deref())
        })?;
        table(&transaction, EVENTS, &batch.events, |table, (key, piece)| {
            put(table, *key, Some(seal(piece).as_slice()))
        })?;
        let gone: Vec<_> = batch.runs.iter().filter(|(_, record)| record.is_none()).collect();
        table(&transaction, EVENTS, &gone, |table, (key, _)| {
            table.retain_in((*key, 0)..=(*key, u64::MAX), |_, _| false)
        })?;
        table(&transaction, LATEST, &batch.latest, |table, ((namespace, id), key)| {
            put(table, (namespace.as_str(), id.as_str()), *key)
        })?;
        table(&transaction, SCHEDULES, &batch.schedules, |table, ((namespace, id), record)| {
            put(table, (namespace.as_str(), id.as_str()), record.as_deref().map(seal).as_deref())
        })?;
        table(&transaction, SCHEDULED, &batch.scheduled, |table, (run, schedule)| {
            let schedule = schedule.as_ref().map(|(namespace, id)| (namespace.as_str(), id.as_str()));
            put(table, run.as_str(), schedule)
        })?;
        table(&transaction, PARENTS, &batch.parents, |table, (run, parent)| put(table, run.as_str(), *parent))?;
        transaction.commit()?;
        Ok(())
    }
}

/// Does something with each of these, in their table; nothing if there are none.
fn table<'a, K: Key + 'static, V: Value + 'static, T>(
    transaction: &'a WriteTransaction,
    definition: TableDefinition<'a, K, V>,
    records: &[T],
    mut write: impl FnMut(&mut Table<'a, K, V>, &T) -> Result<(), redb::StorageError>,
) -> Result<(), Failed> {
    if records.is_empty() {
        return Ok(());
    }
    let mut table = transaction.open_table(definition)?;
    records.iter().try_for_each(|record| write(&mut table, record))?;
    Ok(())
}

fn put<'k, 'v, K: Key + 'static, V: Value + 'static>(
    table: &mut Table<'_, K, V>,
    key: K::SelfType<'k>,
    value: Option<V::SelfType<'v>>,
) -> Result<(), redb::StorageError> {
    match value {
        Some(value) => table.insert(key, value).map(drop),
        None => table.remove(key).map(drop),
    }
}
