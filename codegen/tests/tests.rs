//! What `#[durably::test]` refuses.

use crate::support::check;

#[test]
fn what_cannot_be_a_test_is_refused_with_what_to_write() {
    check(&[
        ("#[durably::test] async fn pays(env: &TestEnv) {}", &[]),
        ("#[durably::test] fn pays(env: &TestEnv) {}", &["test `pays` has nothing to await: write `async fn pays`"]),
        (
            "#[durably::test] async fn pays() {}",
            &[
                "test `pays` does not take what it is given: write `pays(env: &TestEnv)`, or mark it `#[tokio::test]` if it needs \
               no service",
            ],
        ),
        (
            "#[durably::test] async fn pays(env: TestEnv, n: u32) {}",
            &[
                "test `pays` is lent its environment: write `env: &TestEnv`",
                "test `pays` takes its environment only: remove `n`",
            ],
        ),
        (
            "#[durably::test] async fn pays(env: &mut TestEnv) {}",
            &["test `pays` is lent its environment to be shared: write `env: &TestEnv`"],
        ),
        ("#[durably::test] struct Pays;", &["`#[durably::test]` belongs on an `async fn`, not on a struct"]),
    ]);
}

#[test]
fn options_are_checked_against_each_other() {
    check(&[
        (
            "#[durably::test(worker_threads = 2)] async fn pays(env: &TestEnv) {}",
            &["`worker_threads` goes with `flavor = \"multi_thread\"`: write both, or none"],
        ),
        (
            "#[durably::test(flavor = \"multi_thread\", worker_threads = 0)] async fn pays(env: &TestEnv) {}",
            &["`worker_threads` is at least 1"],
        ),
        (
            "#[durably::test(flavor = \"multithread\")] async fn pays(env: &TestEnv) {}",
            &[
                "`multithread` is not a value of `flavor`: it is one of `current_thread` and `multi_thread`; did you mean \
               `multi_thread`?",
            ],
        ),
        (
            "#[durably::test] #[tokio::test] async fn pays(env: &TestEnv) {}",
            &["test `pays` is marked `#[tokio::test]` as well, and would run twice: remove that"],
        ),
    ]);
}
