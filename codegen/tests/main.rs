//! What the annotations mean, and what is said when they mean nothing.

mod activities;
mod attributes;
mod determinism;
mod failures;
mod fallback;
mod fuzz;
mod handlers;
mod model;
mod snapshots;
mod support;
mod tests;

/// The first of what `cargo run -p durably-codegen --example fuzz` goes through.
#[test]
fn nothing_panics_and_no_item_is_lost() {
    for seed in 0..200 {
        if let Err(wrong) = fuzz::run(seed) {
            panic!("seed {seed}: {wrong}");
        }
    }
}
