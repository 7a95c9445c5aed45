//! What must not compile, and what the compiler says; what must compile, without a word.

mod clippy;
mod fail;
#[path = "../pass/mod.rs"]
mod pass;
