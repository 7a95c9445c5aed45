//! Namespaces.

use std::{collections::BTreeMap, time::Duration};

/// A namespace, as it was registered.
#[derive(Clone, Debug)]
pub(crate) struct Namespace {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) description: String,
    pub(crate) owner_email: String,
    pub(crate) data: BTreeMap<String, String>,
    pub(crate) retention: Duration,
    pub(crate) deprecated: bool,
}

/// All namespaces of a server, by name.
#[derive(Debug, Default)]
pub(crate) struct Namespaces(BTreeMap<String, Namespace>);

const RETENTION: Duration = Duration::from_secs(24 * 3600);

impl Namespaces {
    pub(crate) fn get(&self, name: &str) -> Option<&Namespace> {
        self.0.get(name)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Namespace> {
        self.0.get_mut(name)
    }

    pub(crate) fn by_id(&self, id: &str) -> Option<&Namespace> {
        self.0.values().find(|namespace| namespace.id == id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Namespace> {
        self.0.values()
    }

    /// A namespace with the defaults, there from the beginning.
    pub(crate) fn add(&mut self, name: &str) {
        self.insert(Namespace {
            name: name.to_owned(),
            id: super::new_id(),
            description: String::new(),
            owner_email: String::new(),
            data: BTreeMap::new(),
            retention: RETENTION,
            deprecated: false,
        });
    }

    pub(crate) fn insert(&mut self, namespace: Namespace) {
        self.0.insert(namespace.name.clone(), namespace);
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<Namespace> {
        self.0.remove(name)
    }
}
