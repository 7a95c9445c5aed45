//! README.md must show what its example prints.

use std::fs;
use std::io;

use xtask::workspace_root;

use super::error::CommandError;
use super::examples::Outputs;

const EXAMPLE: &str = "greeting";
const COMMAND: &str = "cargo run --example greeting";
const FENCE: &str = "```text";

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
    #[error(
        "line {line} of the output of `{COMMAND}` is not what the program prints; \
         copy its output into the {FENCE} block\n  README.md: {shown}\n  program:   {printed}"
    )]
    Differs { line: usize, shown: String, printed: String },
}

pub(crate) fn check(outputs: &Outputs) -> Result<(), CommandError> {
    let readme = fs::read_to_string(workspace_root().join("README.md"))
        .map_err(|cause: io::Error| ReadmeError::Unreadable(cause.to_string()))?;
    let printed = outputs.get(EXAMPLE).ok_or(ReadmeError::NoExample)?;
    Ok(check_readme(&readme, printed)?)
}

/// Compares the first text block after the example's command with what the example printed.
fn check_readme(readme: &str, printed: &str) -> Result<(), ReadmeError> {
    let shown = shown_output(readme)?;
    let mut shown = shown.iter().map(|line| line.trim_end());
    let mut printed = printed.trim_end().lines().map(str::trim_end);
    for line in 1.. {
        match (shown.next(), printed.next()) {
            (None, None) => break,
            (shown, printed) if shown == printed => {}
            (shown, printed) => {
                let quote =
                    |text: Option<&str>| text.map_or_else(|| "(nothing)".to_owned(), |text| format!("`{text}`"));
                return Err(ReadmeError::Differs { line, shown: quote(shown), printed: quote(printed) });
            }
        }
    }
    Ok(())
}

fn shown_output(readme: &str) -> Result<Vec<&str>, ReadmeError> {
    let mut lines = readme.lines();
    lines.find(|line| line.contains(COMMAND)).ok_or(ReadmeError::NoCommand)?;
    lines.find(|line| line.trim() == FENCE).ok_or(ReadmeError::NoBlock)?;
    let mut shown = Vec::new();
    for line in lines {
        if line.trim() == "```" {
            while shown.last().is_some_and(|line: &&str| line.trim().is_empty()) {
                shown.pop();
            }
            return Ok(shown);
        }
        shown.push(line);
    }
    Err(ReadmeError::NoBlock)
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
        let error = check_readme(README, "hello Ada\nhello Bob\n").unwrap_err();
        let (shown, printed) = ("`hello Grace`".to_owned(), "`hello Bob`".to_owned());
        assert_eq!(error, ReadmeError::Differs { line: 2, shown, printed });
        let error = check_readme(README, "hello Ada\n").unwrap_err();
        let (shown, printed) = ("`hello Grace`".to_owned(), "(nothing)".to_owned());
        assert_eq!(error, ReadmeError::Differs { line: 2, shown, printed });
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(check_readme("nothing", ""), Err(ReadmeError::NoCommand));
        assert_eq!(check_readme("cargo run --example greeting\n", ""), Err(ReadmeError::NoBlock));
        let open = "cargo run --example greeting\n```text\nhello\n";
        assert_eq!(check_readme(open, "hello\n"), Err(ReadmeError::NoBlock));
    }
}
