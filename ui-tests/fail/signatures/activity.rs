//! Activities: free functions without `self`, methods with `&self`, results that travel.

use std::sync::Arc;

use durably::prelude::*;

#[activity]
async fn takes_self(&self) {}

#[activity]
fn borrowed() -> &'static str {
    ""
}

#[activity]
fn unnamed() -> impl std::fmt::Display {
    ""
}

struct Mailer;

#[activities]
impl Mailer {
    #[activity]
    async fn changing(&mut self) {}

    #[activity]
    async fn shared(self: Arc<Self>) {}
}

fn main() {}
