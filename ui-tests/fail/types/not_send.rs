//! An async activity may move between threads, a plain one runs on another: what they hold must be `Send`.

use std::rc::Rc;

use durably::prelude::*;

#[activity]
async fn compose(name: String) -> ActivityResult<String> {
    let shared = Rc::new(name);
    pause().await;
    Ok(shared.to_string())
}

async fn pause() {}

struct Mailer {
    sent: Rc<u32>,
}

#[activities]
impl Mailer {
    #[activity]
    async fn send(&self) {}
}

fn main() {}
