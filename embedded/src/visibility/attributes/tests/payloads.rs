use serde_json::{Value as Json, json};
use temporalio_protos::temporal::api::common::v1::{Payload, SearchAttributes};

use super::super::{
    super::tests::{attributes, payload, search_attributes},
    merge,
};

fn refused(given: &SearchAttributes) -> String {
    attributes().normalise(given).unwrap_err().message
}

fn encoded(encoding: Option<&str>, data: &str) -> Payload {
    let metadata = encoding.map(|encoding| ("encoding".to_owned(), encoding.into()));
    Payload { metadata: metadata.into_iter().collect(), data: data.into(), ..Payload::default() }
}

fn one(name: &str, payload: Payload) -> SearchAttributes {
    SearchAttributes { indexed_fields: [(name.to_owned(), payload)].into() }
}

/// Name, value, and what a list shows of it.
#[test]
fn values_of_the_right_type_are_kept() {
    let cases = [
        ("Num", json!(5), "5", "Int"),
        ("Num", json!([1]), "1", "Int"),
        ("Num", json!(i64::MIN), "-9223372036854775808", "Int"),
        ("Kw", json!("x"), r#""x""#, "Keyword"),
        ("Kw", json!(["x"]), r#""x""#, "Keyword"),
        ("Kw", json!(""), r#""""#, "Keyword"),
        ("Txt", json!("x y"), r#""x y""#, "Text"),
        ("Dbl", json!(1), "1", "Double"),
        ("Dbl", json!(1.25), "1.25", "Double"),
        ("Dbl", json!([1.0]), "1", "Double"),
        ("Dbl", json!(1e300), "1e+300", "Double"),
        ("Flag", json!(true), "true", "Bool"),
        ("Day", json!("2024-01-02T03:04:05.120000000Z"), r#""2024-01-02T03:04:05.12Z""#, "Datetime"),
        ("Day", json!("2024-01-02T03:04:05.123456789+02:00"), r#""2024-01-02T03:04:05.123456789+02:00""#, "Datetime"),
        ("Tags", json!(["a", "a"]), r#"["a","a"]"#, "KeywordList"),
        ("Tags", json!(["a", null]), r#"["a",""]"#, "KeywordList"),
        ("BuildIds", json!(["x"]), r#"["x"]"#, "KeywordList"),
        ("TemporalSchedulePaused", json!(true), "true", "Bool"),
    ];
    for (name, value, shown, kind) in cases {
        let attributes = attributes();
        let normal = attributes.normalise(&one(name, payload(&value))).unwrap();
        let kept = &normal.indexed_fields[name];
        assert_eq!(kept.data, value.to_string().into_bytes(), "the event has it as it was given");
        assert_eq!(kept.metadata["type"], kind.as_bytes());
        let listed = attributes.values(&normal)[name].encode();
        assert_eq!(String::from_utf8_lossy(&listed.data), shown, "{name} {value}");
        assert_eq!(listed.metadata["type"], kind.as_bytes());
        assert_eq!(listed.metadata["encoding"], b"json/plain");
    }
}

#[test]
fn a_type_that_is_given_stays_in_the_event_and_not_in_lists() {
    let attributes = attributes();
    let mut given = payload(&json!(5));
    given.metadata.insert("type".to_owned(), b"Keyword".to_vec());
    let normal = attributes.normalise(&one("Num", given.clone())).unwrap();
    assert_eq!(normal.indexed_fields["Num"], given);
    assert_eq!(attributes.values(&normal)["Num"].encode().metadata["type"], b"Int");
}

#[test]
fn values_of_another_type_are_refused() {
    let cases: [(&str, Json, &str); 22] = [
        ("Num", json!("x"), "Int: x"),
        ("Num", json!(5.0), "Int: 5"),
        ("Num", json!(5.5), "Int: 5.5"),
        ("Num", json!([1, 2]), "Int: [1 2]"),
        ("Num", json!("5"), "Int: 5"),
        ("Num", json!(true), "Int: true"),
        ("Num", json!(9_223_372_036_854_775_808_u64), "Int: 9.223372036854776e+18"),
        ("Num", json!({"a": 1}), "Int: map[a:1]"),
        ("Kw", json!(5), "Keyword: 5"),
        ("Kw", json!(["x", "y"]), "Keyword: [x y]"),
        ("Txt", json!(["x", "y"]), "Text: [x y]"),
        ("Dbl", json!("1"), "Double: 1"),
        ("Dbl", json!([1.0, 2]), "Double: [1 2]"),
        ("Flag", json!("true"), "Bool: true"),
        ("Flag", json!(1), "Bool: 1"),
        ("Flag", json!([true, false]), "Bool: [true false]"),
        ("Day", json!("2024-01-02"), "Datetime: 2024-01-02"),
        ("Day", json!(5), "Datetime: 5"),
        ("Day", json!(""), "Datetime: "),
        ("Tags", json!("a"), "KeywordList: a"),
        ("Tags", json!(5), "KeywordList: 5"),
        ("Tags", json!([5]), "KeywordList: [5]"),
    ];
    for (name, value, text) in cases {
        let expected = format!("invalid value for search attribute {name} of type {text}");
        assert_eq!(refused(&one(name, payload(&value))), expected);
    }
}

#[test]
fn what_is_not_json_is_refused() {
    let cases = [
        (encoded(None, "5"), r#"value from <data:"5">"#),
        (Payload::default(), "value from <>"),
        (encoded(Some("json/plain"), "{"), r#"value from <metadata:{key:"encoding" value:"json/plain"} data:"{">"#),
        (encoded(Some("json/foo"), "5"), r#"value from <metadata:{key:"encoding" value:"json/foo"} data:"5">"#),
        (encoded(Some("binary/plain"), "5"), "[53]"),
    ];
    for (payload, text) in cases {
        let expected = format!("invalid value for search attribute Num of type Int: {text}");
        assert_eq!(refused(&one("Num", payload)), expected);
    }
}

#[test]
fn names_that_are_unknown_or_not_for_users_are_refused() {
    for name in ["Nope", "", "TemporalBuildIds", "TemporalNope", "ScheduleId", "NamespaceId", "kw"] {
        let expected = format!("Namespace default has no mapping defined for search attribute {name}");
        assert_eq!(refused(&one(name, payload(&json!("x")))), expected);
    }
    for name in ["WorkflowId", "ExecutionStatus", "StartTime", "RootWorkflowId", "TemporalExternalPayloadCount"] {
        assert_eq!(
            refused(&one(name, payload(&json!("x")))),
            format!("{name} attribute can't be set in SearchAttributes")
        );
    }
    let both = search_attributes(&json!({"Nope": 5, "Num": "x"}));
    assert_eq!(refused(&both), "Namespace default has no mapping defined for search attribute Nope");
}

#[test]
fn large_values_are_refused() {
    let text = |length| json!("x".repeat(length));
    assert!(attributes().normalise(&one("Kw", payload(&text(2046)))).is_ok());
    assert_eq!(
        refused(&one("Kw", payload(&text(2049)))),
        "search attribute Kw value size 2051 exceeds size limit 2048"
    );
    let mut padded = search_attributes(&json!({"Num": 5, "a b": 5}));
    for payload in padded.indexed_fields.values_mut() {
        payload.metadata.insert("pad".to_owned(), vec![b'x'; 30_000]);
    }
    assert_eq!(refused(&padded), "total size of search attributes 60106 exceeds size limit 40960");
}

#[test]
fn an_upsert_of_nothing_takes_the_attribute_away() {
    let attributes = attributes();
    let nothing = [
        payload(&json!(null)),
        payload(&json!([])),
        encoded(Some("binary/null"), ""),
        encoded(Some("json/plain"), " [ ] "),
    ];
    for nothing in nothing {
        let mut held = search_attributes(&json!({"Tags": ["a"], "Num": 1}));
        let upsert = attributes.normalise(&one("Tags", nothing)).unwrap();
        assert_eq!(upsert.indexed_fields["Tags"].metadata["type"], b"KeywordList", "the event has it");
        assert!(attributes.values(&upsert).is_empty());
        merge(&mut held, &upsert);
        assert_eq!(held.indexed_fields.keys().collect::<Vec<_>>(), ["Num"]);
    }
}
