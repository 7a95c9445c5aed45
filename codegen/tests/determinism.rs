//! What is said of bodies; what the compiler is asked about them is proven with the compiler, in `ui-tests/`.

use crate::support::{check, check_methods, expand, in_workflow};

const CLOCK: &str = "reads this machine's clock, which says something else at each replay: ask `ctx.workflow_time()`";
const OUTPUT: &str = "prints once more at each replay: write `durably::log::info!(ctx, ..)`";

#[test]
fn paths_are_told_whole() {
    let now = format!("`std::time::Instant::now` {CLOCK}");
    let aliased = format!("`Watch::now` (`std::time::Instant::now`) {CLOCK}");
    check_methods(&[
        ("fn f() { std::time::Instant::now(); }", &[&now]),
        ("fn f() { x.map(std::time::Instant::now); }", &[&now]),
        ("fn f() { use std::time::Instant as Watch; Watch::now(); }", &[&aliased]),
        ("fn f() { { use std::time::Instant as Watch; } Watch::now(); }", &[]),
        ("fn f() { mod std { pub mod time { pub struct Instant; } } std::time::Instant::now(); }", &[]),
        ("fn f() { my::std::time::Instant::now(); crate::std::time::Instant::now(); }", &[]),
        ("fn f() { let spawn = 1; spawn(); }", &[]),
        ("fn f() { use tokio::spawn; let spawn = || 1; spawn(); }", &[]),
    ]);
}

#[test]
fn macros_are_read() {
    let printed = format!("`println!` {OUTPUT}");
    let now = format!("`std::time::Instant::now` {CLOCK}");
    check_methods(&[
        ("fn f() { println!(); }", &[&printed]),
        ("fn f() { my::println!(); }", &[]),
        ("fn f() { vec![std::time::Instant::now(); 2]; }", &[&now]),
        ("fn f() { select! { a = b => { std::time::Instant::now() } } }", &[&now]),
        ("fn f() { stringify!(std::time::Instant::now()); }", &[]),
    ]);
}

#[test]
fn an_allowed_mistake_is_none() {
    let allow = r#"#[durably::allow(nondeterminism, reason = "r")]"#;
    let unused = |what: &str| {
        format!("`#[durably::allow]` lifts nothing here: no check finds fault with this {what}, so remove it")
    };
    let now = format!("`std::time::Instant::now` {CLOCK}");
    check(&[
        (&in_workflow(&format!("fn f() {{ {allow} let a = std::time::Instant::now(); }}")), &[]),
        (&in_workflow(&format!("{allow} fn f() {{ std::time::Instant::now(); }}")), &[]),
        (&in_workflow(&format!("fn f() {{ {allow} let a = 1; }}")), &[&unused("statement")]),
        (&in_workflow(&format!("{allow} fn f() {{}}")), &[&unused("method")]),
        (
            &in_workflow(&format!("fn f() {{ {allow} let a = 1; std::time::Instant::now(); }}")),
            &[&unused("statement"), &now],
        ),
    ]);
    let output = expand(&in_workflow(&format!("{allow} fn f() {{ println!(); }}"))).to_string();
    assert!(!output.contains("durably :: allow"), "{output}");
}

#[test]
fn a_mistake_in_a_body_keeps_nothing_from_being_expanded() {
    let output = expand(&in_workflow("#[signal] fn close(&mut self) { println!(); }")).to_string();
    assert!(output.contains("compile_error") && output.contains("SignalMethod"), "{output}");
}

#[test]
fn a_variable_without_an_order_is_named() {
    let message = "`a` is a `HashMap`, and iterating over it goes by another order at each replay: make it a `BTreeMap`, or collect \
                   and sort it first";
    check_methods(&[
        ("fn f() { let a = std::collections::HashMap::new(); for b in &a {} }", &[message]),
        ("fn f(a: &std::collections::HashMap<u8, u8>) { a.keys(); }", &[message]),
        ("fn f() { let a = std::collections::HashMap::new(); a.get(&1); }", &[]),
        ("fn f() { let a = std::collections::HashMap::new(); let a = vec![a]; for b in a {} }", &[]),
        ("fn f() { let a = std::collections::HashMap::new(); if let Some(a) = b { a.iter(); } }", &[]),
    ]);
}
