//! Reading a file.

use redb::{Key, ReadOnlyTable, ReadTransaction, ReadableTable, TableDefinition, TableError, Value};

use super::{
    Contents, EVENTS, Failed, KeptRun, LATEST, META, META_NOW, META_OPENED, META_SKIPPED, NAMESPACES, PARENTS, RUNS,
    SCHEDULED, SCHEDULES, sum::unseal,
};

/// All that is in a file.
pub(super) fn contents(transaction: &ReadTransaction) -> Result<Contents, Failed> {
    let meta = transaction.open_table(META)?;
    let number = |name| Ok::<_, Failed>(meta.get(name)?.map_or(0, |number| number.value()));
    let pair = |(namespace, id): (&str, &str)| (namespace.to_owned(), id.to_owned());
    Ok(Contents {
        opened: number(META_OPENED)?,
        skipped: number(META_SKIPPED)?,
        now: number(META_NOW)?,
        namespaces: all(transaction, NAMESPACES, |name, record| Ok((name.to_owned(), unseal(record)?)))?,
        runs: runs(transaction)?,
        latest: all(transaction, LATEST, |id, key| Ok((pair(id), key)))?,
        schedules: all(transaction, SCHEDULES, |id, record| Ok((pair(id), unseal(record)?)))?,
        scheduled: all(transaction, SCHEDULED, |run, schedule| Ok((run.to_owned(), pair(schedule))))?,
        parents: all(transaction, PARENTS, |run, parent| Ok((run.to_owned(), parent)))?,
    })
}

/// Both tables are in the order of the runs' keys.
fn runs(transaction: &ReadTransaction) -> Result<Vec<KeptRun>, Failed> {
    let run = |key, record: &[u8]| Ok(KeptRun { key, record: unseal(record)?, events: Vec::new() });
    let mut runs = all(transaction, RUNS, run)?;
    let mut at = 0;
    for (key, piece) in all(transaction, EVENTS, |(key, _), piece| Ok((key, unseal(piece)?)))? {
        while runs.get(at).is_some_and(|run| run.key < key) {
            at += 1;
        }
        match runs.get_mut(at).filter(|run| run.key == key) {
            Some(run) => run.events.push(piece),
            None => return Err(Failed::damaged(format!("there are events of a run {key} that is not there"))),
        }
    }
    Ok(runs)
}

/// All entries of a table; none if it was never written.
fn all<K: Key + 'static, V: Value + 'static, T>(
    transaction: &ReadTransaction,
    definition: TableDefinition<'_, K, V>,
    mut read: impl FnMut(K::SelfType<'_>, V::SelfType<'_>) -> Result<T, Failed>,
) -> Result<Vec<T>, Failed> {
    let table: ReadOnlyTable<K, V> = match transaction.open_table(definition) {
        Err(TableError::TableDoesNotExist(_)) => return Ok(Vec::new()),
        opened => opened?,
    };
    let mut entries = Vec::new();
    for entry in table.iter()? {
        let (key, value) = entry?;
        entries.push(read(key.value(), value.value())?);
    }
    Ok(entries)
}
