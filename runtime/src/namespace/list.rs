//! All namespaces.

use futures_util::{
    Stream,
    stream::{self, TryStreamExt},
};
use temporalio_client::{Client, tonic::IntoRequest};
use temporalio_common::protos::temporal::api::workflowservice::v1::ListNamespacesRequest;

use super::{NamespaceDescription, NamespaceError};

/// All namespaces of the service, as a stream that fetches page by page.
pub fn list_namespaces(
    client: &Client,
) -> impl Stream<Item = Result<NamespaceDescription, NamespaceError>> + Send + use<> {
    let client = client.clone();
    stream::try_unfold(Some(Vec::new()), move |page_token| {
        let client = client.clone();
        async move {
            let Some(next_page_token) = page_token else { return Ok(None) };
            let request = ListNamespacesRequest { next_page_token, ..ListNamespacesRequest::default() };
            let page = client.connection().workflow_service().list_namespaces(request.into_request()).await;
            let page = page.map_err(|status| NamespaceError::new("*", status))?.into_inner();
            let next = Some(page.next_page_token).filter(|token| !token.is_empty());
            let namespaces = page.namespaces.into_iter().map(|raw| Ok(NamespaceDescription { raw }));
            Ok(Some((stream::iter(namespaces), next)))
        }
    })
    .try_flatten()
}
