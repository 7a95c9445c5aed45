use std::collections::HashMap;

use super::super::{Attributes, Kind};

fn wanted<'a>(names: impl IntoIterator<Item = (&'a str, i32)>) -> HashMap<String, i32> {
    names.into_iter().map(|(name, number)| (name.to_owned(), number)).collect()
}

fn customs(attributes: &Attributes) -> Vec<(&str, Kind)> {
    attributes.customs().collect()
}

#[test]
fn attributes_are_added_and_removed() {
    let mut attributes = Attributes::new("default");
    attributes.add(&wanted([("Kw", 2), ("a b", 3)])).unwrap();
    attributes.add(&wanted([("Kw", 3), ("RunID", 2)])).unwrap();
    assert_eq!(
        customs(&attributes),
        [("Kw", Kind::Keyword), ("RunID", Kind::Keyword), ("a b", Kind::Int)],
        "what is there keeps its type"
    );
    attributes.remove(&["Kw".to_owned(), "Nope".to_owned()]).unwrap();
    attributes.add(&wanted([("Kw", 3)])).unwrap();
    assert_eq!(attributes.kind("Kw"), Some(Kind::Int));
}

#[test]
fn what_cannot_be_added_is_refused_as_a_whole() {
    let cases = [
        (wanted([]), "SearchAttributes are not set on request."),
        (wanted([("New", 2), ("WorkflowId", 2)]), "Search attribute WorkflowId is reserved by system."),
        (wanted([("BuildIds", 7)]), "Search attribute BuildIds is reserved by system."),
        (wanted([("TemporalX", 2)]), "Search attribute TemporalX is reserved by system."),
        (wanted([("Memo", 2)]), "Search attribute Memo is reserved by system."),
        (wanted([("New", 99)]), "Unknown search attribute type: 99."),
        (
            wanted([("New", 0)]),
            "Unable to create search attributes: cannot have more than 0 search attribute of type Unspecified.",
        ),
        (
            wanted([("A", 1), ("B", 1), ("C", 1), ("D", 1)]),
            "Unable to create search attributes: cannot have more than 3 search attribute of type Text.",
        ),
    ];
    let mut attributes = Attributes::new("default");
    for (wanted, text) in cases {
        assert_eq!(attributes.add(&wanted).unwrap_err().message, text);
    }
    assert_eq!(customs(&attributes), []);
}

#[test]
fn ten_keywords_are_enough() {
    let mut attributes = Attributes::new("default");
    let names = (0..10).map(|number| format!("K{number}")).collect::<Vec<_>>();
    attributes.add(&wanted(names.iter().map(|name| (name.as_str(), 2)))).unwrap();
    assert_eq!(
        attributes.add(&wanted([("K10", 2)])).unwrap_err().message,
        "Unable to create search attributes: cannot have more than 10 search attribute of type Keyword."
    );
    attributes.add(&wanted([("K0", 2)])).unwrap();
}

#[test]
fn only_custom_attributes_are_removed() {
    let mut attributes = Attributes::new("default");
    let mut refused = |names: &[&str]| {
        let names = names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        attributes.remove(&names).unwrap_err().message
    };
    assert_eq!(refused(&[]), "SearchAttributes are not set on request.");
    assert_eq!(refused(&["WorkflowId"]), "Unable to remove non-custom search attributes: WorkflowId.");
    assert_eq!(refused(&["BuildIds"]), "Unable to remove non-custom search attributes: BuildIds.");
}
