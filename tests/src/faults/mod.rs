//! What tests of faults share: a world outside Temporal that remembers what was done to it, wires that can be cut, and waits
//! that say what they waited for.

mod embedded;
pub mod ledger;
mod server;
mod settled;
mod wire;

pub use ledger::Ledger;
pub use server::OwnServer;
pub use settled::settled;
pub use wire::Wire;
