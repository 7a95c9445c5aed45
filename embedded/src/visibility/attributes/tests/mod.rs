//! Search attributes of starts and upserts: against what the real server answered.

mod payloads;
mod registry;
