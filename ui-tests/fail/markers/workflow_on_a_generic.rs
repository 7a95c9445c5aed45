//! A name on the wire stands for one type.

use durably::prelude::*;

#[workflow]
#[derive(Default)]
struct Greeting<T> {
    name: T,
}

#[workflow]
#[derive(Default)]
struct Order<'a> {
    name: &'a str,
}

fn main() {}
