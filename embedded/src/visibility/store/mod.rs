//! All records of a namespace, in the order of lists, found by filter.

mod count;
mod key;
mod older;
mod page;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Bound,
    sync::Arc,
};

use key::Key;

pub(crate) use page::Page;

use super::{
    attributes::Attributes,
    query::{Filter, Narrow},
    record::Record,
};

/// The records of one namespace and its search attributes.
#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) attributes: Attributes,
    /// In the order of lists: a page is a range of it, without sorting.
    records: BTreeMap<Key, Record>,
    runs: HashMap<Arc<str>, Key>,
    /// Runs by workflow id: most filters of programs are for one workflow.
    workflows: HashMap<String, BTreeSet<Key>>,
}

impl Store {
    pub(crate) fn new(namespace: impl Into<String>) -> Self {
        Self {
            attributes: Attributes::new(namespace),
            records: BTreeMap::new(),
            runs: HashMap::new(),
            workflows: HashMap::new(),
        }
    }

    /// Puts in what is known of a run in place of what was.
    pub(crate) fn upsert(&mut self, record: Record) {
        let key = Key::of(&record);
        if self.runs.get(&key.run_id) == Some(&key) {
            // Where it is in lists does not change.
            self.records.insert(key, record);
            return;
        }
        self.remove(&key.run_id);
        self.runs.insert(Arc::clone(&key.run_id), key.clone());
        self.workflows.entry(record.execution.workflow_id.clone()).or_default().insert(key.clone());
        self.records.insert(key, record);
    }

    /// Forgets a run.
    pub(crate) fn remove(&mut self, run_id: &str) -> Option<Record> {
        let key = self.runs.remove(run_id)?;
        let record = self.records.remove(&key)?;
        let workflow_id = &record.execution.workflow_id;
        if let Some(runs) = self.workflows.get_mut(workflow_id) {
            runs.remove(&key);
            if runs.is_empty() {
                self.workflows.remove(workflow_id);
            }
        }
        Some(record)
    }

    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }

    /// What `filter` finds behind `after`, in order.
    fn find<'a>(&'a self, filter: &Filter, after: Option<Key>) -> impl Iterator<Item = (&'a Key, &'a Record)> {
        let candidates: Box<dyn Iterator<Item = (&'a Key, &'a Record)> + 'a> = match filter.narrow() {
            Narrow::Everywhere => self.behind(after),
            Narrow::Closed => self.behind(after.max(Some(Key::first_closed()))),
            Narrow::Workflows(ids) => {
                let keys = ids.into_iter().filter_map(|id| self.workflows.get(id)).flatten();
                self.among(keys, after)
            }
            Narrow::Runs(ids) => self.among(ids.into_iter().filter_map(|id| self.runs.get(id)), after),
        };
        candidates.filter(|(_, record)| filter.finds(record))
    }

    fn behind(&self, after: Option<Key>) -> Box<dyn Iterator<Item = (&Key, &Record)> + '_> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        Box::new(self.records.range((from, Bound::Unbounded)))
    }

    fn among<'a>(
        &'a self,
        keys: impl Iterator<Item = &'a Key>,
        after: Option<Key>,
    ) -> Box<dyn Iterator<Item = (&'a Key, &'a Record)> + 'a> {
        let keys = keys.filter(|key| after.as_ref().is_none_or(|after| *key > after)).collect::<BTreeSet<_>>();
        Box::new(keys.into_iter().filter_map(|key| self.records.get_key_value(key)))
    }
}

#[cfg(test)]
mod tests;
