//! What is not compared, and why.

/// Fields that are left out wherever they stand.
pub(crate) const LEFT_OUT: &[&str] = &[
    // They differ from run to run on one and the same server.
    "event_time",
    "execution_duration",
    "task_id",
    // Sizes depend on the lengths of ids and times.
    "history_size_bytes",
    // How many transactions a server makes of what happens is its own business.
    "state_transition_count",
    // What the SDK says of itself.
    "metering_metadata",
    "sdk_metadata",
    // The embedded server does not keep which builds have worked on a run.
    "auto_reset_points",
    "BuildIds",
    "most_recent_worker_version_stamp",
    "prev_auto_reset_points",
    "worker_version",
    // Those of a run that has closed: the real server still shows them, the embedded one does not.
    "pending_activities",
    "pending_children",
];
/// Times in the markers of local activities.
pub(crate) const MARKER_TIMES: &[&str] = &["complete_time", "original_schedule_time"];
