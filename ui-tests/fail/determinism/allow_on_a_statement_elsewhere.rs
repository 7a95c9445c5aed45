//! `#[durably::allow]` on a statement of a function that is no workflow's: the compiler has a word of its own on it.

fn helper() -> std::time::Instant {
    #[durably::allow(nondeterminism, reason = "none")]
    let now = std::time::Instant::now();
    now
}

fn main() {}
