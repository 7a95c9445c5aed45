//! Limits of the service.

/// How much of everything there may be; the numbers of a real service unless changed, but for
/// [`queries`](Self::queries), of which that takes one.
///
/// ```
/// let limits = durably_embedded::Limits { blob_bytes: 64 << 10, ..Default::default() };
/// assert_eq!(limits.history_events, 51_200);
/// ```
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes in one payload field of a request or a command.
    pub blob_bytes: usize,
    /// Bytes of a workflow id, a type or a name.
    pub id_bytes: usize,
    /// Events in a history; the workflow is terminated beyond.
    pub history_events: usize,
    /// Bytes in a history; the workflow is terminated beyond.
    pub history_bytes: usize,
    /// Events after which a workflow is advised to continue as new.
    pub suggested_events: usize,
    /// Bytes after which a workflow is advised to continue as new.
    pub suggested_bytes: usize,
    /// Activities, children, signals and cancellations of other workflows that are pending, each.
    pub pending: usize,
    /// Signals that one run takes.
    pub signals: usize,
    /// Updates that one run takes at the same time.
    pub updates_in_flight: usize,
    /// Updates that one run takes.
    pub updates: usize,
    /// Queries that wait for the worker of one run.
    pub queries: usize,
    /// Events that arrive while a workflow task is out.
    pub buffered_events: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            blob_bytes: 2 << 20,
            id_bytes: 1000,
            history_events: 51_200,
            history_bytes: 50 << 20,
            suggested_events: 4096,
            suggested_bytes: 4 << 20,
            pending: 2000,
            signals: 10_000,
            updates_in_flight: 10,
            updates: 2000,
            queries: 100,
            buffered_events: 100,
        }
    }
}
