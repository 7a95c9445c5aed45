//! Functions that cannot be a `#[durably::test]`.

use durably::testing::TestEnv;

#[durably::test]
fn not_async(env: &TestEnv) {}

#[durably::test]
async fn takes_nothing() {}

#[durably::test]
async fn owns(env: TestEnv) {}

#[durably::test]
async fn changes(env: &mut TestEnv) {}

#[durably::test]
async fn takes_more(env: &TestEnv, number: u32) {}

#[durably::test]
async fn generic<T>(env: &TestEnv) {}

#[durably::test(flavour = "multi_thread", timeout = "1s", name = "x")]
async fn unknown_options(env: &TestEnv) {}

#[durably::test(flavor = "multithread", worker_threads = 0)]
async fn wrong_options(env: &TestEnv) {}

#[durably::test]
#[test]
async fn twice(env: &TestEnv) {}

#[durably::test]
struct NoFunction;

fn main() {}
