//! Parameters and results that a test cannot have.

use durably::testing::TestEnv;

#[durably::test]
async fn another_environment(_env: &String) {}

#[durably::test]
async fn a_number(_env: &TestEnv) -> u32 {
    7
}

struct Silent;

#[durably::test]
async fn an_error_without_words(_env: &TestEnv) -> Result<(), Silent> {
    Ok(())
}

fn main() {}
