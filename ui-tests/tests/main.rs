//! What must not compile, and what the compiler says; what must compile, without a word.

mod fail;
#[path = "../pass/mod.rs"]
mod pass;
