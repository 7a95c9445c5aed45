//! The attributes that every namespace has.

use super::Kind::{self, Bool, Datetime, Int, Keyword, KeywordList};

/// What the names of attributes that users cannot add begin with. In filters it may be left out.
pub(super) const PREFIX: &str = "Temporal";

/// Name, type, and whether a client or workflow may set it.
pub(super) const ALL: [(&str, Kind, bool); 33] = [
    ("BatcherNamespace", Keyword, true),
    ("BatcherUser", Keyword, true),
    ("BinaryChecksums", KeywordList, true),
    ("BuildIds", KeywordList, true),
    ("CloseTime", Datetime, false),
    ("ExecutionDuration", Int, false),
    ("ExecutionStatus", Keyword, false),
    ("ExecutionTime", Datetime, false),
    ("HistoryLength", Int, false),
    ("HistorySizeBytes", Int, false),
    ("ParentRunId", Keyword, false),
    ("ParentWorkflowId", Keyword, false),
    ("RootRunId", Keyword, false),
    ("RootWorkflowId", Keyword, false),
    ("RunId", Keyword, false),
    ("StartTime", Datetime, false),
    ("StateTransitionCount", Int, false),
    ("TaskQueue", Keyword, false),
    ("TemporalChangeVersion", KeywordList, true),
    ("TemporalExternalPayloadCount", Int, false),
    ("TemporalExternalPayloadSizeBytes", Int, false),
    ("TemporalNamespaceDivision", Keyword, true),
    ("TemporalPauseInfo", KeywordList, true),
    ("TemporalReportedProblems", KeywordList, true),
    ("TemporalSchedulePaused", Bool, true),
    ("TemporalScheduledById", Keyword, true),
    ("TemporalScheduledStartTime", Datetime, true),
    ("TemporalUsedWorkerDeploymentVersions", KeywordList, false),
    ("TemporalWorkerDeployment", Keyword, false),
    ("TemporalWorkerDeploymentVersion", Keyword, false),
    ("TemporalWorkflowVersioningBehavior", Keyword, false),
    ("WorkflowId", Keyword, false),
    ("WorkflowType", Keyword, false),
];

/// Columns of the real server that are no attributes, but whose names are taken.
const COLUMNS: [&str; 3] = ["Memo", "NamespaceId", "VisibilityTaskKey"];

pub(super) fn find(name: &str) -> Option<(&'static str, Kind, bool)> {
    ALL.into_iter().find(|(known, ..)| *known == name)
}

pub(super) fn reserved(name: &str) -> bool {
    name.starts_with(PREFIX) || COLUMNS.contains(&name) || find(name).is_some()
}
