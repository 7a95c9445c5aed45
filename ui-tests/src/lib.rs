//! Fixtures for the compiler: see `tests/`.
