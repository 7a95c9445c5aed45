//! Namespaces and search attributes.

use durably_tests::{eventually::eventually, unique};

use super::{no_cli, refused, run, text, until};

#[tokio::test]
async fn the_command_line_operates_namespaces() {
    if no_cli().await {
        return;
    }
    let name = unique("namespace");
    let of = |verb| ["operator", "namespace", verb, "-n", name.as_str()];
    text(&[&of("create")[..], &["--retention", "48h", "--description", "orders"]].concat()).await;
    let taken = refused(&of("create")).await;
    assert!(taken.contains("already exists"), "{taken}");
    let described = eventually(|| async {
        let (known, printed) = run(&of("describe"), "json").await;
        if known { Ok(serde_json::from_str::<serde_json::Value>(&printed).unwrap()) } else { Err(printed) }
    })
    .await;
    assert_eq!(described["namespaceInfo"]["description"], "orders", "{described}");
    assert_eq!(described["config"]["workflowExecutionRetentionTtl"], "172800s", "{described}");
    let listed = text(&["operator", "namespace", "list"]).await;
    assert!(listed.contains(&name), "{listed}");
    text(&[&of("update")[..], &["--description", "parcels"]].concat()).await;
    let updated = |printed: &serde_json::Value| printed["namespaceInfo"]["description"] == "parcels";
    until(&of("describe"), updated).await;
    text(&[&of("delete")[..], &["--yes"]].concat()).await;
    refused(&of("delete")).await;
}

#[tokio::test]
async fn the_command_line_operates_search_attributes() {
    if no_cli().await {
        return;
    }
    // The real server keeps attributes of all namespaces in a few columns: one of its own leaves the others alone.
    let namespace = unique("attributes");
    text(&["operator", "namespace", "create", "-n", &namespace]).await;
    let of = |verb| ["operator", "search-attribute", verb, "-n", namespace.as_str()];
    let create = [&of("create")[..], &["--name", "Customer", "--type", "Keyword"]].concat();
    eventually(|| async {
        let (created, printed) = run(&create, "text").await;
        if created { Ok(()) } else { Err(printed) }
    })
    .await;
    let known = |printed: &serde_json::Value| printed.to_string().contains("Customer");
    until(&of("list"), known).await;
    text(&[&of("remove")[..], &["--name", "Customer", "--yes"]].concat()).await;
    until(&of("list"), |printed| !known(printed)).await;
}
