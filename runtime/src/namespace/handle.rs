//! One namespace.

use std::{collections::HashMap, time::Duration};

use temporalio_client::{Client, tonic::IntoRequest};
use temporalio_common::protos::temporal::api::{
    namespace::v1::NamespaceInfo,
    operatorservice::v1::DeleteNamespaceRequest,
    workflowservice::v1::{DescribeNamespaceRequest, DescribeNamespaceResponse},
};

use super::{NamespaceError, RegisterNamespace, UpdateNamespace};

/// A namespace by its name, whether it exists or not.
#[derive(Clone)]
pub struct NamespaceHandle {
    pub(super) client: Client,
    pub(super) name: String,
}

impl NamespaceHandle {
    pub(super) fn new(client: Client, name: String) -> Self {
        Self { client, name }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Registers it; await it with its options.
    pub fn register(&self) -> RegisterNamespace {
        RegisterNamespace::new(self.clone())
    }

    /// Changes what is named and keeps everything else; await it with its options.
    pub fn update(&self) -> UpdateNamespace {
        UpdateNamespace::new(self.clone())
    }

    /// What the server knows of it.
    ///
    /// Errors: `NotFound`.
    pub async fn describe(&self) -> Result<NamespaceDescription, NamespaceError> {
        let request = DescribeNamespaceRequest { namespace: self.name.clone(), ..DescribeNamespaceRequest::default() };
        let described = self.client.connection().workflow_service().describe_namespace(request.into_request()).await;
        let described = described.map_err(|status| NamespaceError::new(&self.name, status))?;
        Ok(NamespaceDescription { raw: described.into_inner() })
    }

    /// Deletes it, with everything in it. The server takes its time to reclaim the space.
    ///
    /// Errors: `NotFound`.
    pub async fn delete(&self) -> Result<(), NamespaceError> {
        let request = DeleteNamespaceRequest { namespace: self.name.clone(), ..DeleteNamespaceRequest::default() };
        let deleted = self.client.connection().operator_service().delete_namespace(request.into_request()).await;
        deleted.map(drop).map_err(|status| NamespaceError::new(&self.name, status))
    }
}

impl std::fmt::Debug for NamespaceHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NamespaceHandle").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A namespace as the server describes it.
#[derive(Debug, Clone)]
pub struct NamespaceDescription {
    pub(super) raw: DescribeNamespaceResponse,
}

impl NamespaceDescription {
    /// Its name.
    pub fn name(&self) -> &str {
        self.info().map_or("", |info| &info.name)
    }

    /// What it is for.
    pub fn description(&self) -> &str {
        self.info().map_or("", |info| &info.description)
    }

    /// Whom to write to about it.
    pub fn owner_email(&self) -> &str {
        self.info().map_or("", |info| &info.owner_email)
    }

    /// Data of the user's own.
    pub fn data(&self) -> Option<&HashMap<String, String>> {
        self.info().map(|info| &info.data)
    }

    /// How long closed workflows are kept.
    pub fn retention(&self) -> Option<Duration> {
        self.raw.config.as_ref()?.workflow_execution_retention_ttl?.try_into().ok()
    }

    /// The whole answer of the server.
    pub fn raw(&self) -> &DescribeNamespaceResponse {
        &self.raw
    }

    fn info(&self) -> Option<&NamespaceInfo> {
        self.raw.namespace_info.as_ref()
    }
}
