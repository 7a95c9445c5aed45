//! Correct input: what ends up in the model.

use std::time::Duration;

use durably_codegen::{
    Report, check,
    model::{ActivitiesImpl, ActivityFn, ErrorType, IdPiece, Receiver, WireName, WorkflowImpl, WorkflowStruct},
    parse,
};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

fn accepted<T>(read: impl FnOnce(&mut Report) -> Option<T>) -> T {
    let mut report = Report::default();
    let model = read(&mut report);
    assert!(report.is_empty(), "{}", report.to_tokens());
    model.expect("the model is complete")
}

fn workflow_struct(attr: TokenStream, item: TokenStream) -> WorkflowStruct {
    accepted(|report| {
        let item = syn::parse2(item).expect("a struct");
        check::check_workflow_struct(parse::parse_workflow_struct(attr, item, report), report)
    })
}

fn workflow_impl(attr: TokenStream, item: TokenStream) -> WorkflowImpl {
    accepted(|report| {
        let item = syn::parse2(item).expect("an impl");
        check::check_workflow_impl(parse::parse_workflow_impl(attr, item, report), report)
    })
}

fn activity_fn(attr: TokenStream, item: TokenStream) -> ActivityFn {
    accepted(|report| {
        let item = syn::parse2(item).expect("a function");
        check::check_activity_fn(parse::parse_activity_fn(attr, item, report), report)
    })
}

fn activities_impl(attr: TokenStream, item: TokenStream) -> ActivitiesImpl {
    accepted(|report| {
        let item = syn::parse2(item).expect("an impl");
        check::check_activities_impl(parse::parse_activities_impl(attr, item, report), report)
    })
}

fn text(tokens: impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

fn named(name: &WireName) -> String {
    match name {
        WireName::Named(name) => name.value(),
        WireName::Dynamic(_) => "*".into(),
    }
}

#[test]
fn a_struct_without_options() {
    let workflow = workflow_struct(
        quote!(),
        quote!(
            pub struct Greeting;
        ),
    );
    assert_eq!(workflow.name.value(), "Greeting");
    assert_eq!(text(&workflow.krate), ":: durably");
    assert!(workflow.defaults.task_queue.is_none());
}

#[test]
fn a_struct_with_all_options() {
    let workflow = workflow_struct(
        quote!(
            name = "greet",
            task_queue = "q",
            execution_timeout = "1h30m",
            run_timeout = "1h",
            task_timeout = "500ms",
            retry_policy(
                initial_interval = "1s",
                backoff_coefficient = 2,
                maximum_interval = "10s",
                maximum_attempts = 5,
                non_retryable_error_types("A", PaymentError::Declined),
            ),
            id_reuse_policy = "allow_duplicate_failed_only",
            id_conflict_policy = durably::IdConflictPolicy::UseExisting,
            cron_schedule = "0 * * * *",
            crate = "my::durably",
        ),
        quote! {
            /// One line.
            #[doc = include_str!("x.md")]
            #[cfg(unix)]
            #[allow(dead_code)]
            #[derive(Default)]
            #[deprecated]
            struct r#Greeting {}
        },
    );
    assert_eq!(workflow.name.value(), "greet");
    assert_eq!(text(&workflow.krate), "my :: durably");
    let defaults = workflow.defaults;
    assert_eq!(defaults.task_queue.expect("queue").value(), "q");
    assert_eq!(defaults.execution_timeout.expect("timeout").value, Duration::from_secs(5400));
    assert_eq!(defaults.run_timeout.expect("timeout").value, Duration::from_secs(3600));
    assert_eq!(defaults.task_timeout.expect("timeout").value, Duration::from_millis(500));
    assert_eq!(text(defaults.id_reuse_policy), "AllowDuplicateFailedOnly");
    assert_eq!(text(defaults.id_conflict_policy), "UseExisting");
    assert_eq!(defaults.cron_schedule.expect("cron").value(), "0 * * * *");
    let retry = defaults.retry_policy.expect("policy");
    assert_eq!(retry.initial_interval.expect("interval").value, Duration::from_secs(1));
    assert_eq!(retry.backoff_coefficient.expect("coefficient").value, 2.0);
    assert_eq!(retry.maximum_interval.expect("interval").value, Duration::from_secs(10));
    assert_eq!(retry.maximum_attempts.expect("attempts").value, 5);
    let types: Vec<String> = retry
        .non_retryable_error_types
        .iter()
        .map(|error_type| match error_type {
            ErrorType::Name(name) => name.value(),
            ErrorType::Variant(path) => text(path),
        })
        .collect();
    assert_eq!(types, ["A", "PaymentError :: Declined"]);
    let docs: Vec<String> = workflow.attrs.docs.iter().map(text).collect();
    assert!(docs[0].contains(" One line."), "{docs:?}");
    assert_eq!(docs[1], "include_str ! (\"x.md\")");
    let counts = (workflow.attrs.cfg.len(), workflow.attrs.lint.len(), workflow.attrs.deprecated.len());
    assert_eq!(counts, (1, 1, 1));
    assert_eq!(workflow.item.attrs.len(), 6);
}

#[test]
fn an_impl_with_every_kind_of_handler() {
    let workflow = workflow_impl(
        quote!(),
        quote! {
            impl crate::Greeting {
                const LIMIT: usize = 3;

                #[durably::run(id = "greeting-{host}-{{{r#type.id}}}")]
                pub async fn run(ctx: &WorkflowContext<Self>, host: String, mut r#type: Kind) -> WorkflowResult<()> {}

                #[init]
                fn new(host: String, r#type: Kind, ctx: &WorkflowContextView) -> Self {}

                #[signal]
                #[must_use]
                fn r#loop(&mut self, name: String) {}

                #[signal(name = "exit")]
                async fn close(ctx: &WorkflowContext<Self>) -> () {}

                #[::durably::signal(dynamic)]
                fn any(&mut self, name: String, args: RawValue) {}

                #[query]
                fn pending(&self, _limit: usize) -> usize {}

                #[update]
                fn rename(&mut self, from: String, to: String) -> Result<usize, Failure> {}

                #[update]
                async fn touch(ctx: &WorkflowContext<Self>, by: u8) {}

                #[update_validator(touch)]
                fn check_touch(&self, by: &u8) -> Result<(), Failure> {}

                #[update_validator(rename)]
                fn check_rename(&self, ctx: &View, from: &String, to: &(String)) -> Result<(), Failure> {}

                fn helper(self: Box<Self>, _: &str) {}
            }
        },
    );
    assert_eq!(text(&workflow.self_ty), "crate :: Greeting");

    let run = &workflow.run;
    assert!(run.method.asyncness.is_some());
    assert_eq!(run.method.context.as_ref().expect("context").position, 0);
    let arguments: Vec<String> = run.method.arguments.iter().map(|argument| argument.ident.to_string()).collect();
    assert_eq!(arguments, ["host", "r#type"]);
    assert_eq!(
        run.id.as_ref().expect("id").pieces,
        [
            IdPiece::Text("greeting-".into()),
            IdPiece::Placeholder { argument: "host".into(), fields: vec![] },
            IdPiece::Text("-{".into()),
            IdPiece::Placeholder { argument: "r#type".into(), fields: vec!["id".into()] },
            IdPiece::Text("}".into()),
        ]
    );
    assert_eq!(workflow.init.as_ref().and_then(|init| init.context.as_ref()).expect("context").position, 2);

    let signals: Vec<String> = workflow.signals.iter().map(|signal| named(&signal.name)).collect();
    assert_eq!(signals, ["loop", "exit", "*"]);
    assert_eq!(workflow.signals[0].method.receiver, Receiver::Mut);
    assert_eq!(workflow.signals[0].method.ident.to_string(), "r#loop");
    assert_eq!(workflow.queries[0].method.receiver, Receiver::Ref);
    assert_eq!(workflow.queries[0].method.arguments[0].ident.to_string(), "_limit");

    let validators: Vec<_> =
        workflow.updates.iter().map(|update| update.validator.as_ref().expect("validator")).collect();
    assert_eq!(validators[0].method.ident.to_string(), "check_rename");
    assert_eq!(text(&validators[0].method.context.as_ref().expect("context").ty), "& View");
    assert_eq!(text(&validators[0].method.arguments[0].ty), "String");
    assert!(validators[1].method.context.is_none());

    let item = text(&workflow.item);
    for marker in ["run", "init", "signal", "query", "update", "update_validator"] {
        assert!(!item.contains(&format!("# [{marker}")), "{marker} is left in {item}");
    }
    assert!(item.contains("# [must_use]") && item.contains("fn helper") && item.contains("const LIMIT"));
}

#[test]
fn names_in_the_case_of_the_block() {
    for (case, expected) in [
        (quote!("PascalCase"), "SubmitGreeting"),
        (quote!(camelCase), "submitGreeting"),
        (quote!("snake_case"), "submit_greeting"),
        (quote!(kebab - case), "submit-greeting"),
        (quote!(SCREAMING_SNAKE_CASE), "SUBMIT_GREETING"),
        (quote!(lowercase), "submitgreeting"),
        (quote!("UPPERCASE"), "SUBMITGREETING"),
    ] {
        let workflow = workflow_impl(
            quote!(rename_all = #case),
            quote! {
                impl W {
                    #[run] async fn run() {}
                    #[signal] fn submit_greeting(&mut self) {}
                    #[signal(name = "exit")] fn close(&mut self) {}
                }
            },
        );
        let names: Vec<String> = workflow.signals.iter().map(|signal| named(&signal.name)).collect();
        assert_eq!(names, [expected, "exit"]);
    }
}

#[test]
fn an_activity() {
    let activity = activity_fn(
        quote!(
            start_to_close_timeout = "10s",
            heartbeat_timeout = "2s",
            schedule_to_close_timeout = "1m",
            schedule_to_start_timeout = "5s",
            task_queue = "q",
            stub = "Compose",
            crate = durably,
            retry_policy(maximum_attempts = 3),
        ),
        quote!(
            pub(crate) async fn compose(
                host: String,
                ctx: &ActivityContext,
                name: Option<String>,
            ) -> ActivityResult<String> {
            }
        ),
    );
    assert_eq!(activity.stub.to_string(), "Compose");
    assert_eq!(activity.activity.name.value(), "compose");
    assert_eq!(text(&activity.krate), "durably");
    assert_eq!(activity.activity.method.context.as_ref().expect("context").position, 1);
    assert_eq!(activity.activity.method.arguments.len(), 2);
    assert_eq!(activity.activity.defaults.start_to_close_timeout.expect("timeout").value, Duration::from_secs(10));

    let plain = activity_fn(
        quote!(name = "greet"),
        quote!(
            fn r#move(by_value: ActivityContext) {}
        ),
    );
    assert_eq!((plain.activity.name.value(), plain.stub.to_string()), ("greet".into(), "r#move".into()));
    assert_eq!(plain.activity.method.arguments.len(), 1);
}

#[test]
fn activities_of_a_type() {
    let activities = activities_impl(
        quote!(rename_all = "PascalCase"),
        quote! {
            impl Mailer {
                pub fn new() -> Self {}
                #[activity] async fn send_mail(&self, to: String) -> ActivityResult<()> {}
                #[durably::activity(name = "ping", task_queue = "q")] pub(crate) fn check(ctx: &ActivityContext) {}
                fn helper(&mut self) {}
            }
        },
    );
    let names: Vec<String> = activities.activities.iter().map(|activity| activity.name.value()).collect();
    assert_eq!(names, ["SendMail", "ping"]);
    assert_eq!(text(&activities.vis), "pub (crate)");
    assert!(!text(&activities.item).contains("activity"));
}

#[test]
fn methods_under_cfg_may_share_a_name() {
    let workflow = workflow_impl(
        quote!(),
        quote! {
            impl W {
                #[run] async fn run() {}
                #[update] #[cfg(unix)] fn set(&mut self, a: u8) {}
                #[update] #[cfg(not(unix))] fn set(&mut self, a: u8, b: u8) {}
                #[update_validator(set)] #[cfg(not(unix))] fn check_set(&self, a: &u8, b: &u8) -> Result<(), F> {}
                #[query(dynamic)] #[cfg(unix)] fn any(&self, name: String, args: RawValue) -> u8 {}
                #[query(dynamic)] #[cfg(not(unix))] fn all(&self, name: String, args: RawValue) -> u8 {}
            }
        },
    );
    assert!(workflow.updates[0].validator.is_none());
    assert!(workflow.updates[1].validator.is_some());
}
