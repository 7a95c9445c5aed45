//! Namespaces.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

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
pub(crate) struct Namespaces {
    namespaces: BTreeMap<String, Namespace>,
    /// The names of those that have changed, and of those that are gone.
    changed: BTreeSet<String>,
}

const RETENTION: Duration = Duration::from_secs(24 * 3600);

impl Namespaces {
    pub(crate) fn get(&self, name: &str) -> Option<&Namespace> {
        self.namespaces.get(name)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Namespace> {
        self.touch(name);
        self.namespaces.get_mut(name)
    }

    pub(crate) fn by_id(&self, id: &str) -> Option<&Namespace> {
        self.namespaces.values().find(|namespace| namespace.id == id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Namespace> {
        self.namespaces.values()
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
        self.touch(&namespace.name);
        self.namespaces.insert(namespace.name.clone(), namespace);
    }

    /// A namespace has changed, or what belongs to it.
    pub(crate) fn touch(&mut self, name: &str) {
        self.changed.insert(name.to_owned());
    }

    /// The names of those that have changed since.
    pub(super) fn take_changed(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.changed)
    }

    /// One that was there before.
    pub(super) fn restore(&mut self, namespace: Namespace) {
        self.namespaces.insert(namespace.name.clone(), namespace);
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<Namespace> {
        self.touch(name);
        self.namespaces.remove(name)
    }
}
