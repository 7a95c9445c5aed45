//! The answers of the real server, recorded.

use super::super::super::{Refused, tests};

/// One entry: the filter, whether it is counted, the answer.
fn corpus() -> Vec<(String, bool, &'static str)> {
    let lines = include_str!("corpus.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut entries = Vec::<(String, bool, &'static str)>::new();
    for line in lines {
        if let Some(ours) = line.strip_prefix("    ours:") {
            entries.last_mut().map(|(.., answer)| *answer = ours.trim()).unwrap();
        } else if line.starts_with("    ") {
            entries.last_mut().map(|(.., answer)| *answer = line.trim()).unwrap();
        } else {
            let (query, count) = line.strip_suffix(" (count)").map_or((line, false), |query| (query, true));
            entries.push((serde_json::from_str(query).unwrap(), count, ""));
        }
    }
    entries
}

#[test]
fn answers_are_those_of_the_real_server() {
    let store = tests::four();
    let refused = |refused: Refused| format!("INVALID_ARGUMENT {refused}");
    let mut wrong = Vec::new();
    for (query, count, expected) in corpus() {
        let answer = if count {
            store.count(&query).map(|counted| {
                let groups = counted.groups.iter().map(|group| {
                    let value = String::from_utf8_lossy(&group.group_values[0].data).replace('"', "");
                    format!("{value} {}", group.count)
                });
                format!("OK {} [{}]", counted.count, groups.collect::<Vec<_>>().join(", "))
            })
        } else {
            store.select(&query, 0, b"").map(|(records, _)| {
                let ids = records.iter().map(|record| record.execution.workflow_id.as_str());
                format!("OK {}", ids.collect::<Vec<_>>().join(","))
            })
        };
        let answer = answer.unwrap_or_else(refused);
        if answer.trim() != expected {
            wrong.push(format!("{query:?}\n    expected {expected}\n    answered {answer}"));
        }
    }
    assert!(wrong.is_empty(), "{} answers differ:\n{}", wrong.len(), wrong.join("\n"));
}
