//! Histories replayed against workflow code: what was recorded once must fit.
