//! Filters: against the recorded answers of the real server, against a model of SQL's nulls, and against nonsense.

mod corpus;
mod nonsense;
mod nulls;
