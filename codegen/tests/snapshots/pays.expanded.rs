//! Written by a test: see `tests/snapshots.rs`.
/// Pays.
#[ignore = "slow"]
#[::core::prelude::v1::test]
fn pays_once() -> <Result<(), Failure> as ::durably::__::TestResult>::Reported {
    async fn pays_once(env: &TestEnv) -> Result<(), Failure> {
        Ok(())
    }
    ::durably::__::TestCase::new()
        .multi_thread(::durably::__::Some(2))
        .client(encrypted)
        .run(async |env| pays_once(env).await)
}
#[::core::prelude::v1::test]
fn refuses() {
    async fn refuses(env: &TestEnv) {}
    ::durably::__::TestCase::new().run(async |env| refuses(env).await)
}
