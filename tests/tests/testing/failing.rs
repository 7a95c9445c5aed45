//! How a test fails.

use std::panic::{AssertUnwindSafe, catch_unwind};

use durably::{__::TestCase, prelude::*, testing::TestEnv};

use super::{
    panic_of,
    shop::{Receipt, charge},
};

#[test]
fn an_error_is_told_in_its_own_words() {
    let test = async |env: &TestEnv| {
        env.mock::<charge>(|_: String, cents: u32| Ok(Receipt { cents })).times(1);
        Err::<(), Box<dyn std::error::Error>>("no luck".into())
    };
    let failure = TestCase::new().run(test).unwrap_err();
    // A test prints what it returns with `Debug`.
    assert_eq!(format!("{failure:?}"), "no luck\nthe mock of `charge` expected 1 call, and got none");
}

#[test]
fn a_panic_comes_before_everything_else() {
    let message = panic_of(async |env: &TestEnv| {
        env.mock::<charge>(|_: String, cents: u32| Ok(Receipt { cents })).times(1);
        panic!("the test itself");
    });
    assert_eq!(message, "the test itself");
}

#[durably::test]
#[should_panic = "as it should"]
async fn attributes_are_those_of_the_test(_: &TestEnv) {
    panic!("as it should");
}

#[durably::test]
#[ignore = "it fails, for the test below"]
async fn unmet(env: &TestEnv) -> Result<(), String> {
    env.mock::<charge>(|_: String, cents: u32| Ok(Receipt { cents })).times(1);
    Ok(())
}

#[test]
fn the_harness_shows_the_words_alone() {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    let output = command.args(["--exact", "testing::failing::unmet", "--include-ignored"]).output().unwrap();
    let output = String::from_utf8(output.stdout).unwrap();
    assert!(output.contains("Error: the mock of `charge` expected 1 call, and got none\n"), "{output}");
    assert!(output.contains("1 failed"), "{output}");
}

#[test]
fn a_runtime_is_there_and_gone_afterwards() {
    let ended = catch_unwind(AssertUnwindSafe(|| {
        TestCase::new().run(async |_: &TestEnv| {
            tokio::time::sleep(Duration::from_millis(1)).await;
        });
    }));
    assert!(ended.is_ok());
}
