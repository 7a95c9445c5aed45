//! With errors, the user's item is still there, and all errors are.

use durably_codegen::orphan;
use quote::quote;

use crate::support::{expand, in_workflow, messages};

#[test]
fn eight_mistakes_are_eight_errors() {
    let source = in_workflow(
        "#[signal] fn a() {}
         #[signal(nam = \"x\")] fn b(&mut self) {}
         #[query] fn c(&mut self) -> u8 {}
         #[query] async fn d(&self) -> u8 {}
         #[update] fn e(&mut self, name: &str) {}
         #[update(dynamic)] fn f(&mut self) {}
         #[update_validator(g)] fn v(&self) -> R {}
         #[signal] fn cancel(&mut self) {}",
    );
    assert_eq!(messages(expand(&source)).len(), 8);
}

#[test]
fn the_item_stays_without_our_attributes() {
    let output = expand(
        "#[workflow(crate = our::durably)]
         #[other]
         impl W {
             #[run] #[must_use] async fn a(&self) { #[activity] fn nested() {} }
             #[our::durably::signal(name = )] fn b(&mut self) {}
             #[other::signal] fn c(&mut self) {}
         }",
    )
    .to_string();
    let kept = quote! {
        #[other]
        impl W {
            #[must_use] async fn a(&self) { #[activity] fn nested() {} }
            fn b(&mut self) {}
            #[other::signal] fn c(&mut self) {}
        }
    };
    assert!(output.ends_with(&kept.to_string()), "{output}");
}

#[test]
fn an_item_that_does_not_parse_stays_too() {
    let output = expand("#[workflow] impl W { #[run] async fn run() { self. } #[query] fn b(&self) -> u8 { 1 } }");
    let kept = quote! { impl W { async fn run() { self. } fn b(&self) -> u8 { 1 } } };
    assert!(output.to_string().ends_with(&kept.to_string()), "{output}");
    assert_eq!(messages(output).len(), 1);
}

#[test]
fn what_only_looks_like_a_marker_once_another_is_gone_stays() {
    let output = expand("#[workflow] impl W { # #[query] [query] fn b(&self) -> u8 { 1 } }");
    let kept = quote! { impl W { # [query] fn b(&self) -> u8 { 1 } } };
    assert!(output.to_string().ends_with(&kept.to_string()), "{output}");
    assert_eq!(messages(output).len(), 1);
}

#[test]
fn a_plus_sign_that_adds_nothing_does_not_spoil_the_output() {
    for source in ["#[derive(Failure)] struct E { a: Bad + }", "#[activity] async fn a(a: Bad +) {}"] {
        let output = expand(source);
        assert!(syn::parse2::<syn::File>(output.clone()).is_ok(), "{output}");
    }
}

#[test]
fn a_marker_on_its_own() {
    let output = orphan(
        "signal",
        quote!(),
        quote!(
            fn a(&mut self) {}
        ),
    );
    assert!(output.to_string().ends_with("fn a (& mut self) { }"), "{output}");
    assert_eq!(
        messages(output),
        [
            "`#[signal]` belongs on a method inside an impl marked `#[workflow]`: mark the impl, or remove `#[signal]` here"
        ]
    );
}

#[test]
fn a_wrong_option_does_not_keep_the_rest_from_being_expanded() {
    for source in [
        "#[workflow(nam = \"x\")] struct W;",
        "#[activity(nam = \"x\")] fn a() {}",
        "#[activities] impl A { #[activity(nam = \"x\")] fn a(&self) {} }",
        "#[workflow] impl W { #[run(nam = \"x\")] async fn run() {} #[update_validator] fn v(&self) -> R {} }",
    ] {
        let correct = source.replace("(nam = \"x\")", "").replace("#[update_validator]", "");
        let output = expand(source).to_string();
        assert!(output.contains("compile_error"), "{output}");
        assert!(output.ends_with(&expand(&correct).to_string()), "{output}");
    }
}
