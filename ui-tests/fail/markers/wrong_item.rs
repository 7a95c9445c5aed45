//! Attributes of items on the wrong item.

use durably::prelude::*;

#[workflow]
enum Greeting {
    Hello,
}

#[workflow]
fn greet() {}

#[workflow]
trait Greet {}

#[workflow]
mod greetings {}

#[activity]
struct Compose;

#[activity]
impl Compose {}

#[activities]
struct Mailer;

#[activities]
async fn send() {}

#[activities]
trait Send {}

fn main() {}
