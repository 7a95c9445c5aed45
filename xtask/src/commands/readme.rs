//! README.md must show what its example prints.

use std::fs;
use std::io;

use xtask::workspace_root;

use super::error::CommandError;
use super::examples::Outputs;
use super::shown::{self, Difference, FENCE};

const EXAMPLE: &str = "greeting";
const COMMAND: &str = "cargo run --example greeting";

#[derive(Debug, PartialEq, thiserror::Error)]
pub(crate) enum ReadmeError {
    #[error("cannot be read ({0}); it belongs in the workspace's root")]
    Unreadable(String),
    #[error("there is no example `{EXAMPLE}` whose output it could show")]
    NoExample,
    #[error("no line contains `{COMMAND}`")]
    NoCommand,
    #[error("no closed {FENCE} block follows the line with `{COMMAND}`")]
    NoBlock,
    #[error("no link leads to `examples/examples/{0}`; put the example into the table of \"Where to go next\"")]
    NoLink(String),
    #[error("the {FENCE} block after `{COMMAND}` does not show what that prints, first in {0}")]
    Differs(#[from] Difference),
}

pub(crate) fn check(outputs: &Outputs) -> Result<(), CommandError> {
    let readme = fs::read_to_string(workspace_root().join("README.md"))
        .map_err(|cause: io::Error| ReadmeError::Unreadable(cause.to_string()))?;
    let ran = outputs.get(EXAMPLE).ok_or(ReadmeError::NoExample)?;
    check_readme(&readme, &ran.printed)?;
    Ok(check_links(&readme, outputs.keys())?)
}

/// Every example can be found.
fn check_links<'a>(readme: &str, mut examples: impl Iterator<Item = &'a String>) -> Result<(), ReadmeError> {
    let linked = |name: &str| {
        let file = format!("(examples/examples/{name}.rs)");
        let folder = format!("(examples/examples/{name}/main.rs)");
        readme.contains(&file) || readme.contains(&folder)
    };
    examples.find(|name| !linked(name)).map_or(Ok(()), |name| Err(ReadmeError::NoLink(name.clone())))
}

/// Compares the first text block after the example's command with what the example printed.
fn check_readme(readme: &str, printed: &str) -> Result<(), ReadmeError> {
    let mut lines = readme.lines();
    lines.find(|line| line.contains(COMMAND)).ok_or(ReadmeError::NoCommand)?;
    let shown = shown::first_block(lines).ok_or(ReadmeError::NoBlock)?;
    Ok(shown::compare(&shown, printed)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const README: &str = "\
# Title

```text
another block
```

```sh
cargo run --example greeting
```

prints

```text
hello Ada
hello Grace
```
";

    #[test]
    fn the_same_output_passes() {
        assert_eq!(check_readme(README, "hello Ada  \nhello Grace\n\n"), Ok(()));
    }

    #[test]
    fn the_first_line_that_differs_is_shown() {
        let error = check_readme(README, "hello Ada\nhello Bob\n").unwrap_err().to_string();
        for part in [COMMAND, "line 2", "`hello Grace`", "`hello Bob`"] {
            assert!(error.contains(part), "{part} is missing in: {error}");
        }
    }

    #[test]
    fn an_example_without_a_link_is_named() {
        let examples = ["greeting".to_owned(), "codec".to_owned(), "timer".to_owned()];
        let readme = "[a](examples/examples/greeting.rs) [b](examples/examples/codec/main.rs)";
        assert_eq!(check_links(readme, examples[..2].iter()), Ok(()));
        assert_eq!(check_links(readme, examples.iter()), Err(ReadmeError::NoLink("timer".to_owned())));
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(check_readme("nothing", ""), Err(ReadmeError::NoCommand));
        assert_eq!(check_readme("cargo run --example greeting\n", ""), Err(ReadmeError::NoBlock));
        let open = "cargo run --example greeting\n```text\nhello\n";
        assert_eq!(check_readme(open, "hello\n"), Err(ReadmeError::NoBlock));
    }
}
