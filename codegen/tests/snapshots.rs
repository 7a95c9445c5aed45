//! What an annotation becomes, as a person would read it: small sources beside their expansions.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test -p durably-codegen` writes the expansions anew; read the difference before you commit it.

use std::{fs, path::PathBuf};

use quote::ToTokens;
use syn::{Attribute, File, Item, parse_quote};

use crate::support::expand;

#[test]
fn greeting() {
    check("greeting");
}

#[test]
fn order() {
    check("order");
}

#[test]
fn mailer() {
    check("mailer");
}

#[test]
fn pays() {
    check("pays");
}

#[test]
fn payment() {
    check("payment");
}

/// Compares the expansion of `NAME.rs` with `NAME.expanded.rs`.
fn check(name: &str) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let (source, snapshot) = (folder.join(format!("{name}.rs")), folder.join(format!("{name}.expanded.rs")));
    let source = fs::read_to_string(&source).unwrap_or_else(|error| panic!("{}: {error}", source.display()));
    let expanded = expand_file(&source);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&snapshot, expanded).unwrap_or_else(|error| panic!("{}: {error}", snapshot.display()));
        return;
    }
    let expected = fs::read_to_string(&snapshot).unwrap_or_default();
    if let Some(line) = first_difference(&expanded, &expected) {
        panic!(
            "the expansion of `{name}.rs` differs from `{name}.expanded.rs` at line {line}: if it should, run with \
             UPDATE_SNAPSHOTS=1\n\n{expanded}"
        );
    }
}

/// The number of the first line that is not the same in both.
fn first_difference(left: &str, right: &str) -> Option<usize> {
    let length = left.lines().count().max(right.lines().count());
    (0..length).find(|&line| left.lines().nth(line) != right.lines().nth(line)).map(|line| line + 1)
}

/// Every item of the source that bears an attribute of ours, expanded and printed.
fn expand_file(source: &str) -> String {
    let file = syn::parse_file(source).expect("the source parses");
    let items = file.items.into_iter().filter_map(ours_first).flat_map(|item| {
        let output = expand(&item.to_token_stream().to_string());
        syn::parse2::<File>(output).expect("the expansion parses").items
    });
    let header: Attribute = parse_quote!(#![doc = " Written by a test: see `tests/snapshots.rs`."]);
    prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs: vec![header], items: items.collect() })
}

/// The item with our attribute before its others; `None` if it bears none.
fn ours_first(mut item: Item) -> Option<Item> {
    let attrs = match &mut item {
        Item::Struct(item) => &mut item.attrs,
        Item::Impl(item) => &mut item.attrs,
        Item::Fn(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        _ => return None,
    };
    let is_ours = |attr: &Attribute| {
        let ours = ["workflow", "activity", "activities", "test", "derive"];
        let last = attr.path().segments.last();
        last.is_some_and(|last| ours.iter().any(|name| last.ident == name))
    };
    let position = attrs.iter().position(is_ours)?;
    attrs[..=position].rotate_right(1);
    Some(item)
}
