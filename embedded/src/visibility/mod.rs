//! What is known of runs, and finding them by filters.
