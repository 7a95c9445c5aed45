//! Search attributes that the service has to know first.

use std::time::Duration;

use durably::{
    Client,
    temporal::{
        client::{grpc::OperatorService, tonic::Request},
        common::protos::temporal::api::{
            enums::v1::IndexedValueType,
            operatorservice::v1::{AddSearchAttributesRequest, ListSearchAttributesRequest},
        },
    },
};

/// Registers a keyword attribute, unless the service knows it, and waits until it does.
pub async fn search_attribute(client: &Client, name: &str) {
    let namespace = client.options().namespace.clone();
    let mut operator = client.clone();
    let add = AddSearchAttributesRequest {
        search_attributes: [(name.to_owned(), IndexedValueType::Keyword.into())].into(),
        namespace: namespace.clone(),
    };
    // Whoever comes second is told that it exists.
    let _ = operator.add_search_attributes(Request::new(add)).await;
    for _ in 0..100 {
        let list = ListSearchAttributesRequest { namespace: namespace.clone() };
        let known = operator.list_search_attributes(Request::new(list)).await.unwrap().into_inner();
        if known.custom_attributes.contains_key(name) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the service does not come to know the search attribute {name}");
}
