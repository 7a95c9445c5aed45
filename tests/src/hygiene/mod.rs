//! Code in places where generated code could go wrong: under strict lints, without a prelude, beside names it might use
//! itself. That it compiles is most of the test; `tests/hygiene.rs` runs some of it.

// What a handler returns is for Temporal to choose, and its failures are large.

pub mod cfg;
pub mod documented;
pub mod empty_prelude;
pub mod facade;
pub mod failures;
pub mod macros;
pub mod names;
pub mod neighbours;
pub mod places;
pub mod private;
pub mod raw;
pub mod shadows;
pub mod shapes;
pub mod user_attributes;
pub mod warnings;
