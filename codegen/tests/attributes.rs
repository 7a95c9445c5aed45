//! The grammar of the options.

use crate::support::{check, check_methods};

#[test]
fn unknown_options() {
    check(&[
        (
            "#[workflow(task_queu = \"q\")] struct W;",
            &[
                "unknown option `task_queu`: `#[workflow]` on the struct takes `name`, `task_queue`, `execution_timeout`, \
                 `run_timeout`, `task_timeout`, `retry_policy`, `id_reuse_policy`, `id_conflict_policy`, `cron_schedule` and `crate`; \
                 did you mean `task_queue`?",
            ],
        ),
        (
            "#[workflow(task_queue = \"q\")] impl W { #[run] async fn run() {} }",
            &["`task_queue` is not an option of `#[workflow]` on the impl: it belongs on `#[workflow]` on the struct"],
        ),
        (
            "#[workflow(rename_all = \"camelCase\", maximum_attempts = 2)] struct W;",
            &[
                "`rename_all` is not an option of `#[workflow]` on the struct: it belongs on `#[workflow]` on the impl",
                "`maximum_attempts` is not an option of `#[workflow]` on the struct: it belongs in `retry_policy(..)`",
            ],
        ),
        (
            "#[activity(maximum_attempts = 2, xyz)] fn a() {}",
            &[
                "`maximum_attempts` is not an option of `#[activity]` on a function: it belongs in `retry_policy(..)`",
                "unknown option `xyz`: `#[activity]` on a function takes `name`, `task_queue`, `schedule_to_close_timeout`, \
                 `schedule_to_start_timeout`, `start_to_close_timeout`, `heartbeat_timeout`, `retry_policy`, `stub` and `crate`",
            ],
        ),
        (
            "#[activity(retry_policy(max_attempts = 2))] fn a() {}",
            &["unknown option `max_attempts`: `retry_policy(..)` takes `initial_interval`, `backoff_coefficient`, \
                 `maximum_interval`, `maximum_attempts` and `non_retryable_error_types`; did you mean `maximum_attempts`?"],
        ),
        (
            "#[activities] impl A { #[activity(stub = \"B\", rename_all = \"camelCase\")] fn a(&self) {} }",
            &[
                "`stub` is not an option of `#[activity]` on a method: it belongs on `#[activity]` on a function",
                "`rename_all` is not an option of `#[activity]` on a method: it belongs on `#[activities]` on the impl",
            ],
        ),
    ]);
    check_methods(&[
        (
            "#[signal(nam = \"x\")] fn a(&mut self) {}",
            &["unknown option `nam`: `#[signal]` takes `name` and `dynamic`; did you mean `name`?"],
        ),
        ("#[init(x)] fn a() -> Self {}", &["unknown option `x`: `#[init]` takes no options"]),
        ("#[signal(id = \"x\")] fn a(&mut self) {}", &["`id` is not an option of `#[signal]`: it belongs on `#[run]`"]),
        (
            "#[update(dynamic)] fn a(&mut self) {}",
            &[
                "`#[update]` takes no `dynamic`, since Temporal's Rust SDK routes updates by listed name only: write one `#[update]` for each name",
            ],
        ),
    ]);
}

#[test]
fn form_of_options() {
    check_methods(&[
        ("#[signal()] fn a(&mut self) {}", &["empty parentheses: write `#[signal]`"]),
        (
            "#[signal[name = \"x\"]] fn a(&mut self) {}",
            &["options stand in parentheses: write `#[signal(name = \"x\")]`"],
        ),
        (
            "#[signal = \"x\"] fn a(&mut self) {}",
            &["`#[signal]` takes no bare value: write `#[signal(name = \"..\")]`"],
        ),
        ("#[init = \"x\"] fn a() -> Self {}", &["`#[init]` takes no bare value: write `#[init]`"]),
        ("#[signal(\"x\")] fn a(&mut self) {}", &["`#[signal]` takes named options: `\"x\"` has no name"]),
        ("#[signal(name)] fn a(&mut self) {}", &["`name` takes a value: write `name = \"..\"`"]),
        ("#[signal(name = )] fn a(&mut self) {}", &["what follows `name =` is not a value"]),
        ("#[signal(name = a)] fn a(&mut self) {}", &["`a` is not a value of `name`: write `name = \"..\"`"]),
        ("#[signal(name = \"\")] fn a(&mut self) {}", &["`name` must not be empty"]),
        ("#[signal(name = \"x\", name = \"y\")] fn a(&mut self) {}", &["`name` is given twice: keep one"]),
        ("#[signal(dynamic = true)] fn a(&mut self) {}", &["`dynamic` takes no value: write only `dynamic`"]),
        (
            "#[signal(name = \"x\", dynamic)] fn a(&mut self, name: String, args: RawValue) {}",
            &["`a` has both a `name` and `dynamic`, which answers to every other name: keep one"],
        ),
        ("#[signal(name = \"x\" dynamic)] fn a(&mut self) {}", &["expected `,`"]),
    ]);
}

#[test]
fn values() {
    check(&[
        (
            "#[workflow(run_timeout = 10)] struct W;",
            &["durations are strings with a unit: write `run_timeout = \"10s\"`"],
        ),
        (
            "#[workflow(run_timeout = 5m)] struct W;",
            &["durations are strings with a unit: write `run_timeout = \"5m\"`"],
        ),
        ("#[workflow(run_timeout = \"0s\")] struct W;", &["`run_timeout` must be greater than zero"]),
        (
            "#[workflow(run_timeout = hour)] struct W;",
            &["`hour` is not a value of `run_timeout`: write `run_timeout = \"10s\"`"],
        ),
        (
            "#[workflow(retry_policy)] struct W;",
            &["`retry_policy` takes options: write `retry_policy(maximum_attempts = 5)`"],
        ),
        (
            "#[workflow(retry_policy(maximum_attempts = -1, backoff_coefficient = \"2\", non_retryable_error_types = \"A\"))] struct W;",
            &[
                "`maximum_attempts` cannot be negative: write a whole number of at least 1",
                "`\"2\"` is not a value of `backoff_coefficient`: write `backoff_coefficient = 2.0`",
                "`non_retryable_error_types` takes a list of variants and strings: write \
                 `non_retryable_error_types(PaymentError::Declined, \"Other\")`",
            ],
        ),
        (
            "#[workflow(retry_policy(maximum_attempts = 3000000000, non_retryable_error_types(\"\")))] struct W;",
            &[
                "`maximum_attempts` is too large: the largest is 2147483647",
                "`non_retryable_error_types` holds an empty string",
            ],
        ),
        (
            "#[workflow(id_reuse_policy = AllowDuplicates, id_conflict_policy = \"terminate\")] struct W;",
            &[
                "`AllowDuplicates` is not a value of `id_reuse_policy`: it is one of `AllowDuplicate`, `AllowDuplicateFailedOnly` and \
                 `RejectDuplicate`; did you mean `AllowDuplicate`?",
                "`terminate` is not a value of `id_conflict_policy`: it is one of `Fail`, `UseExisting` and `TerminateExisting`",
            ],
        ),
        (
            "#[activities(rename_all = \"pascalcase\")] impl A { #[activity] fn a() {} }",
            &[
                "`pascalcase` is not a case: `rename_all` is one of `PascalCase`, `camelCase`, `snake_case`, `kebab-case`, \
                 `SCREAMING_SNAKE_CASE`, `lowercase` and `UPPERCASE`; did you mean `PascalCase`?",
            ],
        ),
        (
            "#[activity(stub = \"a b\", crate = 5)] fn a() {}",
            &[
                "`\"a b\"` is not a value of `stub`: write `stub = \"Name\"`",
                "`5` is not a value of `crate`: write `crate = \"path::to::durably\"`",
            ],
        ),
    ]);
}

#[test]
fn contradicting_defaults() {
    check(&[
        (
            "#[workflow(run_timeout = \"2h\", execution_timeout = \"1h\", retry_policy(maximum_attempts = 0, backoff_coefficient = -2.0, \
             initial_interval = \"10s\", maximum_interval = \"1s\"))] struct W;",
            &[
                "`run_timeout` (2h) is longer than `execution_timeout` (1h): make it at most as long",
                "`initial_interval` (10s) is longer than `maximum_interval` (1s): make it at most as long",
                "`maximum_attempts` must be at least 1: leave it out for unlimited attempts",
                "`backoff_coefficient` must be at least 1.0, since retries cannot come ever faster",
            ],
        ),
        (
            "#[activity(heartbeat_timeout = \"3m\", start_to_close_timeout = \"2m\", schedule_to_close_timeout = \"1m\")] fn a() {}",
            &[
                "`heartbeat_timeout` (3m) is longer than `start_to_close_timeout` (2m): make it at most as long",
                "`start_to_close_timeout` (2m) is longer than `schedule_to_close_timeout` (1m): make it at most as long",
            ],
        ),
    ]);
}

#[test]
fn wrong_items() {
    check(&[
        (
            "#[workflow] enum W {}",
            &[
                "`#[workflow]` belongs on the struct that holds a workflow's state and on its `impl` block, not on an enum",
            ],
        ),
        (
            "#[workflow] fn w() {}",
            &[
                "`#[workflow]` belongs on the struct that holds a workflow's state and on its `impl` block, not on a function: a function \
                 may be an `#[activity]`, and a method inside the impl the `#[run]` method",
            ],
        ),
        (
            "#[workflow] impl Run for W { #[run] async fn run() {} }",
            &[
                "`#[workflow]` belongs on an impl of the type itself, not on one of the trait `Run`: write `impl W { .. }`",
            ],
        ),
        (
            "#[workflow] impl<T> W<T> { #[run] async fn run() {} }",
            &[
                "an impl marked `#[workflow]` cannot be generic, since a name on the wire stands for one type: remove the parameters",
                "an impl marked `#[workflow]` cannot be of a generic type, since a name on the wire stands for one type: remove the \
                 parameters of `W`",
            ],
        ),
        (
            "#[workflow] struct W<T>(T);",
            &[
                "the workflow `W` cannot be generic, since a name on the wire stands for one type: remove the parameters",
            ],
        ),
        (
            "#[workflow] impl [u8] { #[run] async fn run() {} }",
            &["`#[workflow]` needs the name of a struct after `impl`: write `impl Name { .. }`"],
        ),
        (
            "#[activity] impl A {}",
            &[
                "`#[activity]` belongs on a function, not on an impl: mark the impl `#[activities]` and its methods `#[activity]`",
            ],
        ),
        (
            "#[activities] struct A;",
            &["`#[activities]` belongs on an `impl` block, not on a struct: mark the `impl` block of the struct"],
        ),
        (
            "#[workflow(name = \"__w\")] struct W;",
            &["the name `__w` is reserved, since Temporal's own begin with `__`: choose another"],
        ),
    ]);
}
