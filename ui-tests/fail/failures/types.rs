//! What can be a failure, and what can be in one.

use durably::prelude::*;

#[derive(Debug, Failure)]
enum Generic<T> {
    #[failure(message = "declined")]
    Declined(T),
}

#[derive(Failure)]
union Union {
    code: u32,
}

#[derive(Debug, Failure)]
enum Empty {}

#[derive(Debug, Failure)]
enum Borrowed {
    #[failure(message = "declined")]
    Declined(&'static str),
    #[failure(message = "busy")]
    Busy { slots: &'static [u32] },
}

#[derive(Debug)]
struct Plain;

#[derive(Debug, Failure)]
enum Untransportable {
    #[failure(message = "declined")]
    Declined { reason: String, plain: Plain },
    #[failure(message = "busy")]
    Busy(std::rc::Rc<u32>),
}

fn main() {}
