//! Workflows that start by the clock.
