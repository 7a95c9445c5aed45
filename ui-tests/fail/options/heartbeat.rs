//! A heartbeat comes before the end.

use durably::prelude::*;

#[activity(heartbeat_timeout = "1m", start_to_close_timeout = "10s")]
async fn compose() {}

#[activity(heartbeat_timeout = "1m", schedule_to_close_timeout = "10s")]
async fn pay() {}

fn main() {}
