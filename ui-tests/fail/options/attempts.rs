//! Without a limit there is none; zero is no limit.

use durably::prelude::*;

#[activity(retry_policy(maximum_attempts = 0))]
async fn compose() {}

#[activity(retry_policy(maximum_attempts = -1))]
async fn pay() {}

#[activity(retry_policy(maximum_attempts = 1.5))]
async fn send() {}

#[activity(retry_policy(maximum_attempts = 5000000000))]
async fn ship() {}

fn main() {}
