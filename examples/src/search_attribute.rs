//! Search attributes that the service has to know first: `temporal operator search-attribute create` in real life.

use durably::{
    Client,
    temporal::{
        client::tonic::Request,
        common::protos::temporal::api::{
            enums::v1::IndexedValueType,
            operatorservice::v1::{AddSearchAttributesRequest, ListSearchAttributesRequest},
        },
    },
};

use crate::eventually;

/// Registers a keyword attribute, unless the service has it, and waits until it is known. It stays there.
///
/// Errors: the service does not say, or does not come to know it.
pub async fn register_keyword(client: &Client, name: &str) -> Result<(), Box<dyn std::error::Error>> {
    let namespace = client.options().namespace.clone();
    let add = AddSearchAttributesRequest {
        search_attributes: [(name.to_owned(), IndexedValueType::Keyword.into())].into(),
        namespace: namespace.clone(),
    };
    let mut operator = client.connection().operator_service();
    // Whoever comes second is told that it exists.
    let _ = operator.add_search_attributes(Request::new(add)).await;
    eventually(|| async {
        let list = ListSearchAttributesRequest { namespace: namespace.clone() };
        let known = client.connection().operator_service().list_search_attributes(Request::new(list)).await?;
        match known.into_inner().custom_attributes.contains_key(name) {
            true => Ok(()),
            false => Err(format!("the service does not know the search attribute {name}").into()),
        }
    })
    .await
}
