//! Runs an attribute on source text and reads the errors off its output.

use durably_codegen::{activities, activity, failure, test, workflow};
use proc_macro2::{TokenStream, TokenTree};

/// The output of the attribute that the source begins with, such as `#[workflow(..)] struct A;`.
pub(crate) fn expand(source: &str) -> TokenStream {
    let mut tokens = source.parse::<TokenStream>().expect("the source has balanced tokens").into_iter();
    let _pound = tokens.next();
    let Some(TokenTree::Group(attribute)) = tokens.next() else { panic!("no attribute: {source}") };
    let (mut name, mut options) = (String::new(), TokenStream::new());
    for token in attribute.stream() {
        match token {
            TokenTree::Ident(ident) => name = ident.to_string(),
            TokenTree::Group(group) => options = group.stream(),
            _ => {}
        }
    }
    match name.as_str() {
        "workflow" => workflow(options, tokens.collect()),
        "activity" => activity(options, tokens.collect()),
        "activities" => activities(options, tokens.collect()),
        "test" => test(options, tokens.collect()),
        "derive" if options.to_string() == "Failure" => failure(tokens.collect()),
        other => panic!("not an attribute of an item: {other}"),
    }
}

/// The messages of all `compile_error!`s at the beginning of the output.
pub(crate) fn messages(output: TokenStream) -> Vec<String> {
    let mut messages = Vec::new();
    let mut after_error = false;
    for token in output {
        match token {
            TokenTree::Ident(ident) => after_error = ident == "compile_error",
            TokenTree::Group(group) if after_error => {
                let literal = syn::parse2::<syn::LitStr>(group.stream()).expect("a message is a string");
                messages.push(literal.value());
                after_error = false;
            }
            _ => {}
        }
    }
    messages
}

/// Checks each source against the messages expected of it.
pub(crate) fn check(cases: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (source, expected) in cases {
        let given = messages(expand(source));
        if given != *expected {
            wrong.push(format!("{source}\n  expected: {expected:#?}\n  given:    {given:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Like [`check`], for methods of a workflow that is right otherwise.
pub(crate) fn check_methods(cases: &[(&str, &[&str])]) {
    let sources: Vec<String> = cases.iter().map(|(methods, _)| in_workflow(methods)).collect();
    let cases: Vec<(&str, &[&str])> =
        sources.iter().zip(cases).map(|(source, (_, expected))| (source.as_str(), *expected)).collect();
    check(&cases);
}

/// The methods beside a run method.
pub(crate) fn in_workflow(methods: &str) -> String {
    format!(
        "#[workflow] impl W {{ #[run] async fn run(ctx: &WorkflowContext<Self>, host: String, n: u32) -> WorkflowResult<()> {{}} {methods} }}"
    )
}
