//! Mocks with other types than the activity has.

use durably::{prelude::*, testing::TestEnv};

#[activity(start_to_close_timeout = "10s")]
async fn charge(_card: String, _cents: u32) -> ActivityResult<bool> {
    Ok(true)
}

fn not_an_activity() {}

struct Desk;

#[activities]
impl Desk {
    #[activity(start_to_close_timeout = "10s")]
    async fn approve(&self, _order: String) -> Result<bool, std::fmt::Error> {
        Ok(true)
    }
}

fn mocks(env: &TestEnv) {
    env.mock::<charge>(|_: String, _: u32| Ok(7));
    env.mock::<charge>(|_: String, _: String| Ok(true));
    env.mock::<charge>(|_: String| Ok(true));
    env.mock::<charge>(|_: String, _: u32| true);
    env.mock::<not_an_activity>(|| ());
    Desk::mocks(env).approve(|_: String| Err(ApplicationFailure::new("of another type")));
    Desk::mocks(env).reject(|_: String| Ok(true));
}

fn main() {}
