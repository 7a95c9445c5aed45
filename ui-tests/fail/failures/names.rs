//! Two failures of one type, which nobody could tell apart.

use durably::prelude::*;

#[derive(Debug, Failure)]
enum Given {
    #[failure(name = "CardDeclined", message = "declined")]
    Declined,
    #[failure(message = "declined by card")]
    CardDeclined,
}

#[derive(Debug, Failure)]
#[failure(rename_all = "snake_case")]
enum Derived {
    #[failure(message = "no card")]
    NoCard,
    #[failure(message = "no card at all")]
    No_Card,
}

fn main() {}
