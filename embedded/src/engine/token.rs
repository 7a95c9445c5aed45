//! What tasks are known by outside.

use prost::Message;

use crate::refusal::Refusal;

/// The token of a task: where it belongs, and which one it is.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct Token {
    #[prost(string, tag = "1")]
    pub(crate) namespace_id: String,
    #[prost(string, tag = "2")]
    pub(crate) run_id: String,
    /// Of an activity, its scheduled event; of a query, its number; of a workflow task, nothing.
    #[prost(int64, tag = "3")]
    pub(crate) id: i64,
    #[prost(uint64, tag = "4")]
    pub(crate) stamp: u64,
    #[prost(uint32, tag = "5")]
    pub(crate) kind: u32,
}

impl Token {
    pub(crate) const WORKFLOW: u32 = 1;
    pub(crate) const ACTIVITY: u32 = 2;
    pub(crate) const QUERY: u32 = 3;

    /// Errors: it is none of ours, or of another kind.
    pub(crate) fn read(bytes: &[u8], kind: u32) -> Result<Self, Refusal> {
        Self::decode(bytes)
            .ok()
            .filter(|token| token.kind == kind)
            .ok_or_else(|| Refusal::invalid("Error deserializing task token."))
    }
}
