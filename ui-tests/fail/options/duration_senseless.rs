//! A duration goes forward, and not on for ever.

use durably::prelude::*;

#[activity(start_to_close_timeout = "-10s")]
async fn compose() {}

#[activity(start_to_close_timeout = "0s")]
async fn pay() {}

#[activity(start_to_close_timeout = "20000years")]
async fn send() {}

#[activity(heartbeat_timeout = "")]
async fn ship() {}

fn main() {}
