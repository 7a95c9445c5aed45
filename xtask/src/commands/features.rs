//! `docs/features.md` must have every feature of the guide, and name examples and tests that exist.

use std::collections::BTreeSet;
use std::fs;

use xtask::workspace_root;

use super::error::CommandError;

const TABLE: &str = "docs/features.md";

#[derive(Debug, PartialEq, thiserror::Error)]
pub(crate) enum FeatureError {
    #[error("it cannot be read; it belongs in the workspace's root")]
    Unreadable,
    #[error("row {0} is missing")]
    Missing(String),
    #[error("row {0} is there twice")]
    Twice(String),
    #[error("row {0} has {1} columns: a row is `| S1 | feature | example | tests |`")]
    Columns(String, usize),
    #[error("row {0} names no example; name one like [`greeting`](../examples/examples/greeting.rs)")]
    NoExample(String),
    #[error("row {0} names no test; name one like `signals::custom_name` or `ui-tests/fail/syntax.rs`")]
    NoTest(String),
    #[error("row {row} names {path}, which does not exist")]
    NoFile { row: String, path: String },
    #[error("row {row} names the test `{test}`, which is not a test of {module}")]
    NoFunction { row: String, test: String, module: String },
}

/// Everything that is wrong, a line each.
#[derive(Debug, PartialEq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n  "))]
pub(crate) struct FeatureErrors(Vec<FeatureError>);

pub(crate) fn check() -> Result<(), CommandError> {
    let read = |path: &str| fs::read_to_string(workspace_root().join(path)).ok();
    let errors = match read(TABLE) {
        None => vec![FeatureError::Unreadable],
        Some(table) => check_table(&table, read),
    };
    if errors.is_empty() { Ok(()) } else { Err(FeatureErrors(errors).into()) }
}

/// The rows of the guide: S1 to S85, and one that came between.
fn guide() -> impl Iterator<Item = String> {
    (1..=85).map(|number| format!("S{number}")).chain(["S80b".to_owned()])
}

/// Checks all rows; `read` gives what a file of the workspace contains, if it exists.
fn check_table(table: &str, read: impl Fn(&str) -> Option<String>) -> Vec<FeatureError> {
    let mut errors = Vec::new();
    let mut seen = BTreeSet::new();
    for (id, columns) in rows(table) {
        if !seen.insert(id) {
            errors.push(FeatureError::Twice(id.to_owned()));
        }
        match columns[..] {
            [_, _, example, tests] => {
                check_example(id, example, &read, &mut errors);
                check_tests(id, tests, &read, &mut errors);
            }
            _ => errors.push(FeatureError::Columns(id.to_owned(), columns.len())),
        }
    }
    let missing = guide().filter(|id| !seen.contains(id.as_str()));
    errors.extend(missing.map(FeatureError::Missing));
    errors
}

/// The rows of all tables, by their first column. Heads and the lines below them are none.
fn rows(table: &str) -> impl Iterator<Item = (&str, Vec<&str>)> {
    table.lines().filter_map(|line| {
        let row = line.trim().strip_prefix('|')?.strip_suffix('|')?;
        let columns: Vec<_> = row.split('|').map(str::trim).collect();
        let id = *columns.first()?;
        let numbered = id.len() > 1 && id[1..].starts_with(|first: char| first.is_ascii_digit());
        (numbered && id.starts_with(['S', 'B'])).then_some((id, columns))
    })
}

fn check_example(id: &str, example: &str, read: impl Fn(&str) -> Option<String>, errors: &mut Vec<FeatureError>) {
    let mut links = example.split("](../").skip(1).filter_map(|rest| rest.split_once(')')).map(|(path, _)| path);
    let Some(first) = links.next() else { return errors.push(FeatureError::NoExample(id.to_owned())) };
    for path in std::iter::once(first).chain(links) {
        if read(path).is_none() {
            errors.push(FeatureError::NoFile { row: id.to_owned(), path: path.to_owned() });
        }
    }
}

fn check_tests(id: &str, tests: &str, read: impl Fn(&str) -> Option<String>, errors: &mut Vec<FeatureError>) {
    let mut names = tests.split('`').skip(1).step_by(2).peekable();
    if names.peek().is_none() {
        errors.push(FeatureError::NoTest(id.to_owned()));
    }
    for name in names {
        let Some((module, function)) = name.rsplit_once("::") else {
            if read(name).is_none() {
                errors.push(FeatureError::NoFile { row: id.to_owned(), path: name.to_owned() });
            }
            continue;
        };
        let folder = format!("tests/tests/{}", module.replace("::", "/"));
        let files = [format!("{folder}.rs"), format!("{folder}/mod.rs")];
        match files.iter().find_map(|file| Some((file, read(file)?))) {
            None => errors.push(FeatureError::NoFile { row: id.to_owned(), path: files[0].clone() }),
            Some((_, source)) if has_test(&source, function) => {}
            Some((file, _)) => errors.push(FeatureError::NoFunction {
                row: id.to_owned(),
                test: function.to_owned(),
                module: file.clone(),
            }),
        }
    }
}

/// Whether a function of this name is there, and marked as a test.
fn has_test(source: &str, function: &str) -> bool {
    let lines: Vec<_> = source.lines().map(str::trim).collect();
    let named = format!("fn {function}(");
    let Some(place) = lines.iter().position(|line| line.contains(&named)) else { return false };
    let mut marks = lines[..place].iter().rev().take_while(|line| line.starts_with("#[") || line.starts_with("//"));
    marks.any(|mark| ["#[test]", "#[tokio::test", "#[durably::test"].iter().any(|test| mark.starts_with(test)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str) -> Option<String> {
        let source = match path {
            "examples/examples/greeting.rs" | "ui-tests/fail/syntax.rs" => "",
            "tests/tests/signals.rs" => "#[tokio::test]\nasync fn custom_name() {}\nfn helper() {}",
            "tests/tests/schedules/mod.rs" => "#[test]\n/// With a word about it.\nfn create() {}",
            "tests/tests/schedules/list.rs" => "#[tokio::test(flavor = \"multi_thread\")]\nasync fn pages() {}",
            "tests/tests/mocks.rs" => "#[durably::test]\nasync fn answers(env: &TestEnv) {}",
            _ => return None,
        };
        Some(source.to_owned())
    }

    const EXAMPLE: &str = "[`greeting`](../examples/examples/greeting.rs)";

    /// A table of every row, in which one has other last columns.
    fn table(other: &str, columns: &str) -> String {
        let row = |id: String| {
            let good = format!("a feature | {EXAMPLE} | `signals::custom_name`");
            format!("| {id} | {} |\n", if id == other { columns } else { &good })
        };
        format!(
            "# Features\n\n| row | feature | example | tests |\n| --- | --- | --- | --- |\n{}",
            guide().map(row).collect::<String>()
        )
    }

    fn errors(columns: &str) -> Vec<String> {
        check_table(&table("S7", columns), read).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_table_of_this_repository_is_right() {
        check().unwrap_or_else(|error| panic!("{error}"));
    }

    #[test]
    fn every_row_is_there() {
        let full = table("", "");
        assert_eq!(check_table(&full, read), []);
        let lacking = full.replace("| S80b |", "| none |");
        assert_eq!(check_table(&lacking, read), [FeatureError::Missing("S80b".to_owned())]);
        let twice = full.replace("| S7 |", "| S8 |");
        let expected = [FeatureError::Twice("S8".to_owned()), FeatureError::Missing("S7".to_owned())];
        assert_eq!(check_table(&twice, read), expected);
    }

    #[test]
    fn a_row_has_an_example_that_exists() {
        assert_eq!(errors("f | greeting | `signals::custom_name`").len(), 1);
        let gone = errors("f | [`gone`](../examples/examples/gone.rs) | `signals::custom_name`");
        assert_eq!(gone, ["row S7 names examples/examples/gone.rs, which does not exist"]);
    }

    #[test]
    fn a_row_has_tests_that_exist() {
        let tests = |tests: &str| errors(&format!("f | {EXAMPLE} | {tests}"));
        assert!(
            tests("`schedules::create`, `schedules::list::pages`, `mocks::answers`, `ui-tests/fail/syntax.rs`")
                .is_empty()
        );
        assert!(tests("none so far")[0].starts_with("row S7 names no test"));
        let renamed = "row S7 names the test `custom`, which is not a test of tests/tests/signals.rs";
        assert_eq!(tests("`signals::custom_name`, `signals::custom`"), [renamed]);
        let helper = "row S7 names the test `helper`, which is not a test of tests/tests/signals.rs";
        assert_eq!(tests("`signals::helper`"), [helper]);
        assert_eq!(tests("`gone::custom_name`"), ["row S7 names tests/tests/gone.rs, which does not exist"]);
        assert_eq!(tests("`ui-tests/fail/gone.rs`"), ["row S7 names ui-tests/fail/gone.rs, which does not exist"]);
    }

    #[test]
    fn a_row_has_four_columns() {
        assert!(errors("f | `signals::custom_name`")[0].starts_with("row S7 has 3 columns"));
    }
}
