//! Namespaces as they are kept, with their search attributes.

use std::collections::{BTreeMap, HashMap};

use prost::Message;

use super::{Engine, Namespace, Rooms};
use crate::{run::Damaged, time};

#[derive(Clone, PartialEq, Message)]
struct NamespaceRecord {
    #[prost(string, tag = "1")]
    id: String,
    #[prost(string, tag = "2")]
    description: String,
    #[prost(string, tag = "3")]
    owner_email: String,
    #[prost(btree_map = "string, string", tag = "4")]
    data: BTreeMap<String, String>,
    #[prost(message, optional, tag = "5")]
    retention: Option<prost_wkt_types::Duration>,
    #[prost(bool, tag = "6")]
    deprecated: bool,
    /// The types of search attributes.
    #[prost(btree_map = "string, int32", tag = "7")]
    attributes: BTreeMap<String, i32>,
}

impl Engine {
    /// `None` if there is no such namespace any more.
    pub(super) fn encode_namespace(&self, name: &str) -> Option<Vec<u8>> {
        let Namespace { name, id, description, owner_email, data, retention, deprecated } =
            self.namespaces.get(name)?.clone();
        let attributes = self.rooms.get(&name).map(|rooms| rooms.runs.attributes.customs());
        let attributes = attributes.into_iter().flatten();
        let record = NamespaceRecord {
            id,
            description,
            owner_email,
            data,
            retention: Some(time::proto(retention)),
            deprecated,
            attributes: attributes.map(|(name, kind)| (name.to_owned(), kind.proto() as i32)).collect(),
        };
        Some(record.encode_to_vec())
    }

    /// Errors: it makes no sense.
    pub(super) fn decode_namespace(&mut self, name: String, record: &[u8]) -> Result<(), Damaged> {
        let NamespaceRecord { id, description, owner_email, data, retention, deprecated, attributes } =
            NamespaceRecord::decode(record)?;
        let mut rooms = Rooms::new(&name);
        let attributes: HashMap<_, _> = attributes.into_iter().collect();
        if !attributes.is_empty() {
            rooms.runs.attributes.add(&attributes).map_err(|refused| Damaged(refused.message))?;
        }
        self.rooms.insert(name.clone(), rooms);
        let retention = time::duration(retention.as_ref());
        self.namespaces.restore(Namespace { name, id, description, owner_email, data, retention, deprecated });
        Ok(())
    }
}
