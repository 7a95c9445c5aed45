//! `#[durably::test]`: a service of its own for each test.

mod env;
mod failing;
mod mocks;
mod order;
mod replays;
mod shop;
mod time;
mod unknown;

use std::panic::{AssertUnwindSafe, catch_unwind};

use durably::{__::TestCase, testing::TestEnv};

/// What a test says that panics.
fn panic_of(test: impl AsyncFnOnce(&TestEnv)) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| TestCase::new().run(test))).expect_err("the test passed");
    match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(panic) => (*panic.downcast::<&str>().expect("a message")).to_owned(),
    }
}
