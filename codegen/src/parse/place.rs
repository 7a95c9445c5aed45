//! Where options may stand: which attribute takes which, and what to say when one stands elsewhere.

use crate::suggest::{did_you_mean, list};

/// An attribute, or a part of one, that takes options.
#[derive(Debug)]
pub(crate) struct Place {
    /// How messages call it.
    pub(crate) name: &'static str,
    /// The options it takes.
    pub(crate) options: &'static [&'static str],
    /// Where else its options may have been meant to stand, nearest first.
    neighbours: &'static [&'static Place],
}

/// `#[workflow(..)]` on a struct.
pub(crate) static STRUCT: Place = Place {
    name: "`#[workflow]` on the struct",
    options: &[
        "name",
        "task_queue",
        "execution_timeout",
        "run_timeout",
        "task_timeout",
        "retry_policy",
        "id_reuse_policy",
        "id_conflict_policy",
        "cron_schedule",
        "crate",
    ],
    neighbours: &[&IMPL, &RUN, &RETRY_POLICY, &ACTIVITY_FN],
};

/// `#[workflow(..)]` on an impl.
pub(crate) static IMPL: Place = Place {
    name: "`#[workflow]` on the impl",
    options: &["rename_all", "crate"],
    neighbours: &[&STRUCT, &RUN, &SIGNAL, &RETRY_POLICY, &ACTIVITY_FN],
};

/// `#[run(..)]`.
pub(crate) static RUN: Place =
    Place { name: "`#[run]`", options: &["id"], neighbours: &[&STRUCT, &IMPL, &RETRY_POLICY, &ACTIVITY_FN] };

/// `#[init]`.
pub(crate) static INIT: Place = Place { name: "`#[init]`", options: &[], neighbours: HANDLER_NEIGHBOURS };

/// `#[signal(..)]`.
pub(crate) static SIGNAL: Place =
    Place { name: "`#[signal]`", options: &["name", "dynamic"], neighbours: HANDLER_NEIGHBOURS };

/// `#[query(..)]`.
pub(crate) static QUERY: Place =
    Place { name: "`#[query]`", options: &["name", "dynamic"], neighbours: HANDLER_NEIGHBOURS };

/// `#[update(..)]`.
pub(crate) static UPDATE: Place = Place { name: "`#[update]`", options: &["name"], neighbours: HANDLER_NEIGHBOURS };

/// `#[activity(..)]` on a function.
pub(crate) static ACTIVITY_FN: Place = Place {
    name: "`#[activity]` on a function",
    options: &[
        "name",
        "task_queue",
        "schedule_to_close_timeout",
        "schedule_to_start_timeout",
        "start_to_close_timeout",
        "heartbeat_timeout",
        "retry_policy",
        "stub",
        "crate",
    ],
    neighbours: &[&RETRY_POLICY, &ACTIVITIES, &STRUCT],
};

/// `#[activity(..)]` on a method.
pub(crate) static ACTIVITY_METHOD: Place = Place {
    name: "`#[activity]` on a method",
    options: &[
        "name",
        "task_queue",
        "schedule_to_close_timeout",
        "schedule_to_start_timeout",
        "start_to_close_timeout",
        "heartbeat_timeout",
        "retry_policy",
    ],
    neighbours: &[&ACTIVITIES, &RETRY_POLICY, &ACTIVITY_FN, &STRUCT],
};

/// `#[activities(..)]` on an impl.
pub(crate) static ACTIVITIES: Place = Place {
    name: "`#[activities]` on the impl",
    options: &["rename_all", "crate"],
    neighbours: &[&ACTIVITY_METHOD, &ACTIVITY_FN, &RETRY_POLICY, &STRUCT],
};

/// `#[durably::test(..)]`.
pub(crate) static TEST: Place = Place {
    name: "`#[durably::test]`",
    options: &["flavor", "worker_threads", "client", "crate"],
    neighbours: &[&STRUCT, &ACTIVITY_FN],
};

/// `retry_policy(..)`.
pub(crate) static RETRY_POLICY: Place = Place {
    name: "`retry_policy(..)`",
    options: &[
        "initial_interval",
        "backoff_coefficient",
        "maximum_interval",
        "maximum_attempts",
        "non_retryable_error_types",
    ],
    neighbours: &[&STRUCT, &ACTIVITY_FN],
};

/// `#[failure(..)]` on an enum.
pub(crate) static FAILURE_ENUM: Place = Place {
    name: "`#[failure]` on an enum",
    options: &["rename_all", "crate"],
    neighbours: &[&FAILURE_VARIANT, &RETRY_POLICY],
};

/// `#[failure(..)]` on a variant.
pub(crate) static FAILURE_VARIANT: Place = Place {
    name: "`#[failure]` on a variant",
    options: &["name", "message", "non_retryable", "next_retry_delay", "category"],
    neighbours: &[&FAILURE_ENUM, &RETRY_POLICY],
};

/// `#[failure(..)]` on a struct.
pub(crate) static FAILURE_STRUCT: Place = Place {
    name: "`#[failure]` on a struct",
    options: &["name", "message", "non_retryable", "next_retry_delay", "category", "crate"],
    neighbours: &[&FAILURE_ENUM, &RETRY_POLICY],
};

static HANDLER_NEIGHBOURS: &[&Place] = &[&IMPL, &STRUCT, &RUN, &SIGNAL, &RETRY_POLICY, &ACTIVITY_FN];

impl Place {
    fn preposition(&self) -> &'static str {
        if self.name == RETRY_POLICY.name { "in" } else { "on" }
    }

    /// Why the option cannot stand here, if it cannot.
    pub(crate) fn refuse(&self, option: &str) -> Option<String> {
        if self.options.contains(&option) {
            return None;
        }
        let Self { name, options, neighbours } = self;
        if option == "dynamic" && *name == UPDATE.name {
            return Some(
                "`#[update]` takes no `dynamic`, since Temporal's Rust SDK routes updates by listed name only: write one \
                 `#[update]` for each name"
                    .into(),
            );
        }
        if let Some(home) = neighbours.iter().find(|place| place.options.contains(&option)) {
            return Some(format!(
                "`{option}` is not an option of {name}: it belongs {} {}",
                home.preposition(),
                home.name
            ));
        }
        let takes = if options.is_empty() { "no options".into() } else { list(options.iter().copied()) };
        let hint = did_you_mean(option, options.iter().copied());
        Some(format!("unknown option `{option}`: {name} takes {takes}{hint}"))
    }
}
