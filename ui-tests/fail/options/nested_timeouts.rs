//! A part takes no longer than the whole.

use durably::prelude::*;

#[activity(start_to_close_timeout = "1m", schedule_to_close_timeout = "10s")]
async fn compose() {}

#[activity(schedule_to_start_timeout = "1m", schedule_to_close_timeout = "10s")]
async fn pay() {}

fn main() {}
