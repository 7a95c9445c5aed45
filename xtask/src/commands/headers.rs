//! The header of each example must show what it prints.

use std::fs;

use super::error::CommandError;
use super::examples::{Outputs, Ran};
use super::shown::{self, Difference, FENCE};

#[derive(Debug, PartialEq, thiserror::Error)]
pub(crate) enum HeaderError {
    #[error("example `{0}`: its source cannot be read")]
    Unreadable(String),
    #[error("example `{0}`: its header has no closed {FENCE} block; say there what it prints")]
    NoBlock(String),
    #[error("example `{example}`: its header does not show what it prints, first in {difference}")]
    Differs { example: String, difference: Difference },
}

/// Everything that is wrong, one after the other.
#[derive(Debug, PartialEq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub(crate) struct HeaderErrors(Vec<HeaderError>);

pub(crate) fn check(outputs: &Outputs) -> Result<(), CommandError> {
    let errors: Vec<_> = outputs.iter().filter_map(|(name, ran)| check_file(name, ran).err()).collect();
    if errors.is_empty() { Ok(()) } else { Err(HeaderErrors(errors).into()) }
}

fn check_file(name: &str, ran: &Ran) -> Result<(), HeaderError> {
    let source = fs::read_to_string(&ran.source).map_err(|_| HeaderError::Unreadable(name.to_owned()))?;
    check_source(name, &source, &ran.printed)
}

/// Compares the first text block of the header, the `//!` lines the source begins with, with what the example printed.
fn check_source(name: &str, source: &str, printed: &str) -> Result<(), HeaderError> {
    let header = source.lines().map_while(|line| line.strip_prefix("//!"));
    let header = header.map(|line| line.strip_prefix(' ').unwrap_or(line));
    let shown = shown::first_block(header).ok_or_else(|| HeaderError::NoBlock(name.to_owned()))?;
    shown::compare(&shown, printed).map_err(|difference| HeaderError::Differs { example: name.to_owned(), difference })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
//! Says hello.
//!
//! ```text
//! hello Ada
//!   and Grace
//! ```

//! ```text
//! not the header any more
//! ```
";

    #[test]
    fn what_the_header_shows_passes() {
        assert_eq!(check_source("hello", SOURCE, "hello Ada\n  and Grace\n"), Ok(()));
    }

    #[test]
    fn an_error_names_the_example_and_the_line() {
        let error = check_source("hello", SOURCE, "hello Ada\n  and Bob\n").unwrap_err().to_string();
        for part in ["`hello`", "line 2", "`  and Grace`", "`  and Bob`"] {
            assert!(error.contains(part), "{part} is missing in: {error}");
        }
    }

    #[test]
    fn a_header_without_output_is_an_error() {
        let no_block = Err(HeaderError::NoBlock("hello".to_owned()));
        assert_eq!(check_source("hello", "//! Says hello.\n\nfn main() {}\n", ""), no_block);
        assert_eq!(check_source("hello", "fn main() {}\n//! ```text\n//! ```\n", ""), no_block);
    }

    #[test]
    fn all_errors_are_told() {
        let errors = HeaderErrors(vec![HeaderError::NoBlock("a".into()), HeaderError::Unreadable("b".into())]);
        assert_eq!(errors.to_string().lines().count(), 2);
    }
}
