//! A workflow's state is a struct.

use durably::prelude::*;

#[workflow]
enum Greeting {
    Open,
    Closed,
}

fn main() {}
