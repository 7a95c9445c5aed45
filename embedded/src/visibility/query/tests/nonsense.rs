//! Whatever a client sends, the answer is a filter or a refusal.

use proptest::prelude::*;

use super::super::{super::tests, Filter};

fn token() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "Kw",
        "Num",
        "Flag",
        "Txt",
        "Day",
        "Tags",
        "`a b`",
        "Foo",
        "ExecutionStatus",
        "WorkflowId",
        "CloseTime",
        "=",
        "!=",
        "<",
        ">",
        "<=>",
        "==",
        "->",
        "(",
        ")",
        ",",
        ";",
        ".",
        "'a'",
        "\"b\"",
        "'",
        "\"",
        "`",
        "5",
        "-",
        "1.5e3",
        "0x1f",
        "x'zz'",
        "true",
        "null",
        "AND",
        "OR",
        "NOT",
        "IN",
        "IS",
        "BETWEEN",
        "LIKE",
        "STARTS_WITH",
        "GROUP BY",
        "ORDER BY",
        "LIMIT",
        "CASE",
        "WHEN",
        "END",
        "CAST",
        "AS",
        "INTERVAL",
        "SELECT",
        "EXISTS",
        "f(",
        "[",
        "]",
        "{",
        "||",
        "&&",
        "--",
        "/*",
        "*/",
        "#",
        "\n",
        "é",
        "\\",
        "$1",
        "?",
        ":v",
        "@x",
        "date",
        "array",
        "struct",
        "any",
        "escape",
        "collate",
        "over",
        "filter",
        "union",
        "with",
        "lambda",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn any_text_is_a_filter_or_refused(text in ".{0,60}") {
        let _ = Filter::parse(&text, &tests::attributes());
    }

    #[test]
    fn any_row_of_tokens_is_a_filter_or_refused(tokens in prop::collection::vec(token(), 0..16)) {
        let _ = Filter::parse(&tokens.join(" "), &tests::attributes());
    }
}

/// On the stack of a worker thread.
fn refusal(text: String) -> String {
    let thread = std::thread::Builder::new().stack_size(1 << 20);
    let parse = move || Filter::parse(&text, &tests::attributes()).map(|_| ()).map_err(|refused| refused.message);
    thread.spawn(parse).unwrap().join().unwrap().unwrap_err()
}

#[test]
fn what_nests_too_deep_is_refused() {
    let nesting =
        |position| format!("invalid query: malformed SQL query: max nesting level reached at position {position}");
    let depth = "invalid query: malformed SQL query: max ast depth reached";
    assert_eq!(refusal(format!("{}Kw='alpha'{}", "(".repeat(600), ")".repeat(600))), nesting("228"));
    assert_eq!(refusal(format!("{}Kw='alpha'", "NOT ".repeat(600))), nesting("827 near 'not'"));
    assert_eq!(refusal(format!("{}Num = 1", "(".repeat(200_000))), nesting("228"));
    assert_eq!(refusal(format!("Num = 1{}", " OR Num = 1".repeat(100_000))), depth);
    assert_eq!(refusal(format!("Num{}", " IS NULL".repeat(100_000))), depth);
    for (text, count) in [(" + 1", 100_000), (")", 100_000), (" - -1", 100_000), (" IN (1)", 100_000)] {
        assert!(refusal(format!("Num = 1{}", text.repeat(count))).starts_with("invalid query: "));
    }
    for open in ["f(", "-", "1 IN (", "(1, ", "(NOT ", "NOT (", "BETWEEN ", "CASE "] {
        assert!(refusal(format!("Num = {}1", open.repeat(100_000))).starts_with("invalid query: "));
    }
}

#[test]
fn what_is_only_long_is_a_filter() {
    let attributes = tests::attributes();
    let list = vec!["'alpha'"; 5_000].join(",");
    assert!(Filter::parse(&format!("Kw IN ({list})"), &attributes).is_ok());
    let any = vec!["Kw = 'alpha'"; 990].join(" OR ");
    assert!(Filter::parse(&any, &attributes).is_ok());
    let nested = format!("{}Num = 1{}", "(".repeat(199), ")".repeat(199));
    assert!(Filter::parse(&nested, &attributes).is_ok());
}
