//! Arbitrary tokens and damaged sources through every attribute, for as long as one likes.
//!
//! ```sh
//! cargo run -p durably-codegen --release --example fuzz -- --seconds 60
//! cargo run -p durably-codegen --example fuzz -- --replay 1234
//! ```
//!
//! `--seed` says where to begin, `--replay` shows one case and runs it alone. It ends with an error, and the seed, when an
//! attribute panics, loses a token of the user's item, or gives what is neither an error nor items.

#[path = "../tests/fuzz/mod.rs"]
mod fuzz;

use std::{
    process::ExitCode,
    time::{Duration, Instant, SystemTime},
};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)?.parse::<u64>().ok()
    };
    if let Some(seed) = number("--replay") {
        println!("{}", fuzz::show(seed));
        return report(seed, fuzz::run(seed));
    }
    let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let first = number("--seed").unwrap_or(since_epoch.as_secs().wrapping_mul(1_000_000_007));
    let end = Instant::now() + Duration::from_secs(number("--seconds").unwrap_or(60));
    println!("seed {first}");
    let mut seed = first;
    while Instant::now() < end {
        let outcome = fuzz::run(seed);
        if outcome.is_err() {
            return report(seed, outcome);
        }
        seed = seed.wrapping_add(1);
    }
    println!("{} cases, nothing wrong", seed.wrapping_sub(first));
    ExitCode::SUCCESS
}

fn report(seed: u64, outcome: Result<(), String>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(wrong) => {
            eprintln!("{wrong}\n\nagain: cargo run -p durably-codegen --example fuzz -- --replay {seed}");
            ExitCode::FAILURE
        }
    }
}
