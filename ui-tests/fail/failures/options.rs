//! Options of `#[failure]`: misspelt, in the wrong place, in the wrong form, without sense.

use durably::prelude::*;

#[derive(Debug, Failure)]
#[failure(rename_al = "camelCase", non_retryable)]
enum Misplaced {
    #[failure(nmae = "CardDeclined", message = "declined")]
    Declined,
    #[failure(rename_all = "camelCase", maximum_attempts = 3, message = "busy")]
    Busy,
}

#[derive(Debug, Failure)]
enum Form {
    #[failure()]
    Declined,
    #[failure = "busy"]
    Busy,
    #[failure["limit"]]
    Limit,
    #[failure(name = "Fraud")]
    #[failure(non_retryable)]
    Fraud {
        #[failure(name = "why")]
        reason: String,
    },
}

#[derive(Debug, Failure)]
enum Values {
    #[failure(name = "", message = 5, non_retryable = true)]
    Declined,
    #[failure(next_retry_delay = "soon", category = "harmless")]
    Busy,
    #[failure(next_retry_delay = 30, category = Bening)]
    Limit,
}

#[derive(Debug, Failure)]
enum NoSense {
    #[failure(non_retryable, next_retry_delay = "30s", message = "declined")]
    Declined,
    #[failure(name = "__busy", message = "busy")]
    Busy,
}

fn main() {}
