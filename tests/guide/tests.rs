//! What the documents say is true as far as a machine can tell: snippets compile (`src/guide.rs`), links lead somewhere, and
//! the compiler says what it is quoted with.

mod links;
mod translate;

use std::{
    fs,
    path::{Path, PathBuf},
};

use translate::translate;
use xtask::workspace_root;

fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn a_snippet_stays_on_its_lines() {
    let guide = [
        ("# Guide", ""),
        ("```rust", ""),
        ("struct Shared;", "struct Shared;"),
        ("```", ""),
        ("## Activity heartbeats", "mod activity_heartbeats { #[allow(unused_imports)] use super::*;"),
        ("```text", ""),
        ("some text", ""),
        ("```", ""),
        (
            "```rust client token=Vec<u8>",
            "async fn line_9(client: Client, token: Vec<u8>) -> Result<(), Box<dyn std::error::Error>> {",
        ),
        ("client.complete(token).await?;", "client.complete(token).await?;"),
        ("```", "Ok(()) }"),
        ("## Continue-as-new", "} mod continue_as_new { #[allow(unused_imports)] use super::*;"),
        ("```rust workflow=Greeting", "async fn line_13(ctx: &WorkflowContext<Greeting>) -> WorkflowResult<()> {"),
        ("```", "Ok(()) }"),
        ("```rust activity", "async fn line_15(ctx: &ActivityContext) -> ActivityResult<()> {"),
        ("```", "Ok(()) }"),
    ];
    let document = guide.map(|(line, _)| line).join("\n");
    let expected = guide.map(|(_, line)| line).join("\n") + "\n}";
    assert_eq!(translate(&document).unwrap(), expected);
}

#[test]
fn a_fence_that_cannot_be_understood_is_refused_with_its_line() {
    let refused = |document: &str| translate(document).unwrap_err();
    assert_eq!(refused("one\n```\n"), "2: a fence without a language: write `rust`, or `text` if it is none");
    assert_eq!(
        refused("```rust cleint\n```\n"),
        "1: `cleint`: write `client`, `activity` or `workflow=Type` behind `rust`"
    );
    assert_eq!(refused("```rust client token\n```\n"), "1: `token`: a parameter is written `name=Type`");
    assert!(refused("```rsut\n```\n").starts_with("1: `rsut`: a fence is `rust` or one of"));
    assert!(refused("```text client\n```\n").starts_with("1: `text client`: a fence is"));
    assert_eq!(refused("\n```rust\n\n```text\n"), "4: a fence inside of the one that line 2 opens");
    assert_eq!(refused("\n```rust\nfn main() {}\n"), "2: this fence is never closed");
    assert_eq!(refused("- one\n  ```rust\n"), "2: a fence is indented: put it at the start of the line");
}

/// The files with this ending under `folder`.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.unwrap().path());
    let nested = paths.flat_map(|path| if path.is_dir() { files(&path, ending) } else { vec![path] });
    nested.filter(|path| path.extension().is_some_and(|extension| extension == ending)).collect()
}

#[test]
fn the_compiler_says_what_the_documents_quote() {
    let said: Vec<_> = files(&workspace_root().join("ui-tests/fail"), "stderr").iter().map(read).collect();
    for document in ["docs/guide.md", "docs/checks.md"] {
        let text = read(workspace_root().join(document));
        let quotes = text.split("```text\n").skip(1).filter_map(|rest| rest.split("\n```").next());
        let quotes: Vec<_> = quotes.filter(|quote| quote.starts_with("error")).collect();
        assert!(quotes.len() > 3, "{document}: {quotes:?}");
        for quote in quotes {
            let known = said.iter().any(|said| quote.lines().all(|line| said.lines().any(|other| other == line)));
            assert!(known, "no file of ui-tests/fail has all lines of what {document} quotes:\n{quote}");
        }
    }
}
