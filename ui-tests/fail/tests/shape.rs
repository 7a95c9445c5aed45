//! Functions that cannot be a `#[durably::test]`.

use durably::testing::TestEnv;

#[durably::test]
fn not_async(_env: &TestEnv) {}

#[durably::test]
async fn takes_nothing() {}

#[durably::test]
async fn owns(_env: TestEnv) {}

#[durably::test]
async fn changes(_env: &mut TestEnv) {}

#[durably::test]
async fn takes_more(_env: &TestEnv, _number: u32) {}

#[durably::test]
async fn generic<T>(_env: &TestEnv) {}

#[durably::test(flavour = "multi_thread", timeout = "1s", name = "x")]
async fn unknown_options(_env: &TestEnv) {}

#[durably::test(flavor = "multithread", worker_threads = 0)]
async fn wrong_options(_env: &TestEnv) {}

#[durably::test]
#[test]
async fn twice(_env: &TestEnv) {}

#[durably::test]
struct NoFunction;

fn main() {}
