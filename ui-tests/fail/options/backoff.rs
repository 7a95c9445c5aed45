//! Retries do not come ever faster.

use durably::prelude::*;

#[activity(retry_policy(backoff_coefficient = 0.5))]
async fn compose() {}

#[activity(retry_policy(backoff_coefficient = -2.0))]
async fn pay() {}

#[activity(retry_policy(backoff_coefficient = 1e999))]
async fn send() {}

#[activity(retry_policy(backoff_coefficient = "2"))]
async fn ship() {}

fn main() {}
