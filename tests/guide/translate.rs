//! A document into a module: its snippets, each on the lines on which it stands there.
//!
//! Whatever is no snippet becomes an empty line, and what a snippet needs around it goes where its fences are. So line N of
//! the module is line N of the document, and what the compiler says of one is true of the other.
//!
//! | in the document | in the module |
//! | --- | --- |
//! | `## Heading` | a module of its own, which sees what stands before the first one |
//! | `` ```rust `` | items of that module |
//! | `` ```rust client `` | statements of an async function that has `client: Client` |
//! | `` ```rust workflow=Greeting `` | likewise, with `ctx: &WorkflowContext<Greeting>` |
//! | `` ```rust activity `` | likewise, with `ctx: &ActivityContext` |
//! | `` ```rust client token=Vec<u8> `` | one more parameter, `token: Vec<u8>` |
//! | other languages | nothing |

use std::fmt::Write;

/// Fences whose text is not compiled.
const OTHER_LANGUAGES: [&str; 4] = ["sh", "text", "toml", "python"];

enum Inside {
    Prose,
    /// A snippet, and what closes it.
    Rust(&'static str),
    Other,
}

/// The document as the text of a module.
///
/// Errors: a fence that cannot be understood, behind the number of its line.
pub(crate) fn translate(document: &str) -> Result<String, String> {
    let mut module = String::new();
    let mut inside = Inside::Prose;
    let mut opened = 0;
    let mut in_section = false;
    for (number, line) in (1..).zip(document.lines()) {
        let error = |message: &str| format!("{number}: {message}");
        if line.starts_with(' ') && line.trim_start().starts_with("```") {
            return Err(error("a fence is indented: put it at the start of the line"));
        }
        match (&inside, line.strip_prefix("```")) {
            (Inside::Prose, None) => {
                if let Some(heading) = line.strip_prefix("## ") {
                    let end = if std::mem::replace(&mut in_section, true) { "} " } else { "" };
                    let _ = write!(module, "{end}mod {} {{ #[allow(unused_imports)] use super::*;", name(heading));
                }
            }
            (Inside::Prose, Some(info)) => {
                let (before, next) = open(info, number).map_err(|message| error(&message))?;
                module += &before;
                (inside, opened) = (next, number);
            }
            (Inside::Rust(_), None) => module += line,
            (Inside::Other, None) => {}
            (Inside::Rust(end), Some("")) => {
                module += end;
                inside = Inside::Prose;
            }
            (Inside::Other, Some("")) => inside = Inside::Prose,
            (_, Some(_)) => return Err(error(&format!("a fence inside of the one that line {opened} opens"))),
        }
        module.push('\n');
    }
    match inside {
        Inside::Prose if in_section => module.push('}'),
        Inside::Prose => {}
        _ => return Err(format!("{opened}: this fence is never closed")),
    }
    Ok(module)
}

/// What stands before a snippet with this info string, and what is inside of the fence.
fn open(info: &str, line: usize) -> Result<(String, Inside), String> {
    let mut words = info.split_whitespace();
    match words.next() {
        Some("rust") => {}
        Some(other) if OTHER_LANGUAGES.contains(&other) && words.next().is_none() => {
            return Ok((String::new(), Inside::Other));
        }
        Some(_) => return Err(format!("`{info}`: a fence is `rust` or one of {OTHER_LANGUAGES:?}, and no more")),
        None => return Err("a fence without a language: write `rust`, or `text` if it is none".to_owned()),
    }
    let (context, returns) = match words.next() {
        None => return Ok((String::new(), Inside::Rust(""))),
        Some("client") => ("client: Client".to_owned(), "Result<(), Box<dyn std::error::Error>>"),
        Some("activity") => ("ctx: &ActivityContext".to_owned(), "ActivityResult<()>"),
        Some(word) => match word.split_once('=') {
            Some(("workflow", workflow)) => (format!("ctx: &WorkflowContext<{workflow}>"), "WorkflowResult<()>"),
            _ => return Err(format!("`{word}`: write `client`, `activity` or `workflow=Type` behind `rust`")),
        },
    };
    let mut before = format!("async fn line_{line}({context}");
    for word in words {
        let (name, kind) = word.split_once('=').ok_or(format!("`{word}`: a parameter is written `name=Type`"))?;
        let _ = write!(before, ", {name}: {kind}");
    }
    let _ = write!(before, ") -> {returns} {{");
    Ok((before, Inside::Rust("Ok(()) }")))
}

/// The heading as a name: `Continue-as-new` is `continue_as_new`.
fn name(heading: &str) -> String {
    let heading = heading.trim().to_lowercase();
    heading.chars().map(|char| if char.is_alphanumeric() { char } else { '_' }).collect()
}
