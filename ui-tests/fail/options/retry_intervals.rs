//! The first interval is not above the longest.

use durably::prelude::*;

#[activity(retry_policy(initial_interval = "1m", maximum_interval = "1s"))]
async fn compose() {}

fn main() {}
