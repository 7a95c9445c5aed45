//! A duration is a string with a unit.

use durably::prelude::*;

#[activity(start_to_close_timeout = 10)]
async fn compose() {}

#[activity(start_to_close_timeout = "10")]
async fn pay() {}

#[activity(start_to_close_timeout = "ten seconds")]
async fn send() {}

#[activity(start_to_close_timeout = "10 parsecs")]
async fn ship() {}

fn main() {}
