//! `#[derive(Failure)]`.

use crate::support::{check, expand, messages};

#[test]
fn unknown_options() {
    check(&[
        (
            "#[derive(Failure)] enum E { #[failure(nam = \"x\")] A }",
            &[
                "unknown option `nam`: `#[failure]` on a variant takes `name`, `message`, `non_retryable`, `next_retry_delay` and \
                 `category`; did you mean `name`?",
            ],
        ),
        (
            "#[derive(Failure)] #[failure(name = \"x\", renam_all = \"camelCase\")] enum E { #[failure(rename_all = \"camelCase\")] A }",
            &[
                "`name` is not an option of `#[failure]` on an enum: it belongs on `#[failure]` on a variant",
                "unknown option `renam_all`: `#[failure]` on an enum takes `rename_all` and `crate`; did you mean `rename_all`?",
                "`rename_all` is not an option of `#[failure]` on a variant: it belongs on `#[failure]` on an enum",
            ],
        ),
        (
            "#[derive(Failure)] #[failure(rename_all = \"camelCase\")] struct E;",
            &["`rename_all` is not an option of `#[failure]` on a struct: it belongs on `#[failure]` on an enum"],
        ),
        (
            "#[derive(Failure)] enum E { #[failure(maximum_attempts = 1)] A }",
            &["`maximum_attempts` is not an option of `#[failure]` on a variant: it belongs in `retry_policy(..)`"],
        ),
    ]);
}

#[test]
fn form_of_options() {
    check(&[
        ("#[derive(Failure)] enum E { #[failure()] A }", &["empty parentheses: write `#[failure]`"]),
        (
            "#[derive(Failure)] enum E { #[failure = \"x\"] A }",
            &["`#[failure]` takes no bare value: write `#[failure(name = \"..\")]`"],
        ),
        (
            "#[derive(Failure)] enum E { #[failure(non_retryable = true, name = \"\", next_retry_delay = 30, category = Bening)] A }",
            &[
                "`non_retryable` takes no value: write only `non_retryable`",
                "`name` must not be empty",
                "durations are strings with a unit: write `next_retry_delay = \"30s\"`",
                "`Bening` is not a value of `category`: it is `Benign`; did you mean `Benign`?",
            ],
        ),
        (
            "#[derive(Failure)] enum E { #[failure(name = \"x\")] #[failure(non_retryable)] A }",
            &["`A` has `#[failure(..)]` twice: write all options into one pair of parentheses"],
        ),
        (
            "#[derive(Failure)] enum E { A { #[failure(name = \"x\")] a: u8 } }",
            &["`#[failure]` belongs on the variant `A` as a whole, not on a field"],
        ),
    ]);
}

#[test]
fn types() {
    check(&[
        (
            "#[derive(Failure)] union E { a: u8 }",
            &["`#[derive(Failure)]` belongs on an enum or a struct: write `enum E`"],
        ),
        (
            "#[derive(Failure)] enum E<T> { A(T) }",
            &["the failure `E` cannot be generic, since a name on the wire stands for one type: remove the parameters"],
        ),
        ("#[derive(Failure)] enum E {}", &["the failure `E` has no variants: write one for each thing that can fail"]),
        (
            "#[derive(Failure)] enum E { A(&'static str), B { b: &'static [u8] } }",
            &[
                "a detail of `A` is a reference, but who gets the failure owns what is in it: write `String`",
                "a detail of `B` is a reference, but who gets the failure owns what is in it: write `Vec<u8>`",
            ],
        ),
    ]);
}

#[test]
fn names_and_retries() {
    check(&[
        (
            "#[derive(Failure)] #[failure(rename_all = \"snake_case\")] enum E { NoCard, #[failure(name = \"no_card\")] Other }",
            &[
                "failure `Other` is named `no_card` on the wire, like `NoCard`: rename one",
                "the first failure named `no_card` is `NoCard`",
            ],
        ),
        (
            "#[derive(Failure)] enum E { #[failure(name = \"__a\")] A }",
            &["the name `__a` is reserved, since Temporal's own begin with `__`: choose another"],
        ),
        (
            "#[derive(Failure)] enum E { #[failure(non_retryable, next_retry_delay = \"1s\")] A }",
            &["`A` is `non_retryable`, so there is no next retry to delay: keep one of the two"],
        ),
    ]);
}

#[test]
fn messages_of_failures() {
    check(&[
        (
            "#[derive(Failure)] enum E { #[failure(message = \"a\")] A, B, C, #[failure(message = \"d\")] D }",
            &[
                "`B` and `C` have no `message`, unlike other variants: write `#[failure(message = \"..\")]` on each, or on none and \
                 implement `std::error::Error`",
            ],
        ),
        (
            "#[derive(Failure)] enum E { #[failure(message = \"{reson} {0}\")] A { reason: u8, code: u8 }, #[failure(message = \"{x}\")] B }",
            &[
                "`{reson}` is not a field of `A`, which has `reason` and `code`; did you mean `reason`?",
                "`{0}` is not a field of `A`, which has `reason` and `code`",
                "`{x}` is not a field of `B`, which has none: write `{{` and `}}` for braces in the message",
            ],
        ),
        (
            "#[derive(Failure)] enum E { #[failure(message = \"{\")] A, #[failure(message = \"{}\")] B(u8) }",
            &[
                "`{` is never closed: write `{{` for a brace in the message",
                "`{}` names no field: write `{field}`, or `{0}` for the first of those without a name",
            ],
        ),
    ]);
}

#[test]
fn a_wrong_option_leaves_the_failure_a_failure() {
    let output = expand("#[derive(Failure)] enum E { #[failure(nam = \"x\", message = \"a\")] A, B }");
    assert_eq!(messages(output.clone()).len(), 1);
    assert!(output.to_string().contains("Failure for E"), "{output}");
}

#[test]
fn variants_in_a_retry_policy() {
    for (written, printed) in [
        ("PaymentError::Declined", "<< PaymentError as __ :: FailureNames > :: Names > :: Declined"),
        (
            "crate::a::PaymentError::Declined",
            "<< crate :: a :: PaymentError as __ :: FailureNames > :: Names > :: Declined",
        ),
        ("Refused", "<< Refused as __ :: FailureNames > :: Names > :: Refused"),
        ("\"Refused\"", "& [\"Refused\"]"),
    ] {
        let output =
            expand(&format!("#[activity(retry_policy(non_retryable_error_types({written})))] async fn charge() {{}}"));
        let printed_in = output.to_string();
        assert!(printed_in.contains(printed), "{printed_in}");
    }
    check(&[(
        "#[activity(retry_policy(non_retryable_error_types(PaymentError::Declined(1))))] async fn charge() {}",
        &["`non_retryable_error_types` takes a list of variants and strings: write \
             `non_retryable_error_types(PaymentError::Declined, \"Other\")`"],
    )]);
}

#[test]
fn fields_without_a_name() {
    check(&[("#[derive(Failure)] struct E { _: u8 }", &["a field of `E` is called `_`: give it a name"])]);
}
