//! What a failure says: fields that there are, on every variant or on none.

use durably::prelude::*;

#[derive(Debug, Failure)]
enum Fields {
    #[failure(message = "declined: {reson}")]
    Declined { reason: String, code: u32 },
    #[failure(message = "busy until {time}")]
    Busy,
    #[failure(message = "over {} of {1}")]
    Limit(u32),
    #[failure(message = "over {1}")]
    Total(u32),
    #[failure(message = "{code")]
    Fraud { code: u32 },
    #[failure(message = "{code:width$}")]
    Theft { code: u32, width: usize },
}

#[derive(Debug, Failure)]
enum Some {
    #[failure(message = "declined")]
    Declined,
    Busy,
    #[failure(name = "Limit")]
    Limit,
}

/// On none, and no error either.
#[derive(Debug, Failure)]
enum None {
    Declined,
}

/// What it names has no words.
#[derive(Debug, Failure)]
enum Unspeakable {
    #[failure(message = "declined: {0}")]
    Declined(Vec<u8>),
}

/// Nor can it be debugged.
#[derive(Failure)]
enum Undebuggable {
    #[failure(message = "declined")]
    Declined,
}

fn main() {}
