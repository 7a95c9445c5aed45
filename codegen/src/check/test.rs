//! What tests may look like.

use quote::ToTokens;

use super::signature::{Subject, check_shape};
use crate::{
    model::TestFn,
    parse::{reference, typed_parameters},
    report::Report,
};

/// Checks a function marked `#[durably::test]`.
pub(super) fn check_test_function(test: &TestFn, report: &mut Report) {
    let sig = &test.item.sig;
    let subject = Subject { kind: "test", ident: &sig.ident };
    if sig.asyncness.is_none() {
        report.error(sig.fn_token, format!("{subject} has nothing to await: write `async fn {}`", sig.ident));
    }
    if let Some(receiver) = sig.receiver() {
        report.error(receiver, format!("{subject} takes `self`: a test is a function, and no method"));
    }
    check_shape(sig, subject, report);
    check_environment(test, subject, report);
    for attribute in &test.item.attrs {
        if attribute.path().segments.last().is_some_and(|last| last.ident == "test") {
            let path = attribute.path().to_token_stream().to_string().replace(' ', "");
            let message = format!("{subject} is marked `#[{path}]` as well, and would run twice: remove that");
            report.error(attribute, message);
        }
    }
    check_threads(test, report);
}

fn check_environment(test: &TestFn, subject: Subject<'_>, report: &mut Report) {
    let sig = &test.item.sig;
    let mut parameters = typed_parameters(sig);
    let Some(env) = parameters.next() else {
        if sig.receiver().is_none() {
            let message = format!(
                "{subject} does not take what it is given: write `{}(env: &TestEnv)`, or mark it `#[tokio::test]` if it needs no \
                 service",
                sig.ident
            );
            report.error(&sig.ident, message);
        }
        return;
    };
    let name = env.pat.to_token_stream();
    match reference(&env.ty) {
        None => report.error(&env.ty, format!("{subject} is lent its environment: write `{name}: &TestEnv`")),
        Some(reference) => {
            if let Some(mutability) = reference.mutability {
                report.error(
                    mutability,
                    format!("{subject} is lent its environment to be shared: write `{name}: &TestEnv`"),
                );
            }
        }
    }
    for other in parameters {
        report.error(other, format!("{subject} takes its environment only: remove `{}`", other.pat.to_token_stream()));
    }
}

fn check_threads(test: &TestFn, report: &mut Report) {
    let Some(threads) = &test.worker_threads else { return };
    if threads.value == 0 {
        report.error_at(threads.span, "`worker_threads` is at least 1");
    }
    if test.flavor.as_ref().is_none_or(|flavor| flavor != "multi_thread") {
        report.error_at(threads.span, "`worker_threads` goes with `flavor = \"multi_thread\"`: write both, or none");
    }
}
