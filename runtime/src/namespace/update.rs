//! Changing a namespace.

use std::time::Duration;

use futures_util::future::BoxFuture;
use temporalio_client::tonic::IntoRequest;
use temporalio_common::protos::temporal::api::{
    namespace::v1::{NamespaceConfig, UpdateNamespaceInfo},
    workflowservice::v1::UpdateNamespaceRequest,
};

use super::{NamespaceError, NamespaceHandle};
use crate::wire::proto_duration;

/// A change of a namespace; await it. What is not named stays as it is.
#[must_use = "nothing is changed unless it is awaited"]
pub struct UpdateNamespace {
    handle: NamespaceHandle,
    retention: Option<Duration>,
    description: Option<String>,
    owner_email: Option<String>,
    data: Vec<(String, String)>,
}

impl UpdateNamespace {
    pub(super) fn new(handle: NamespaceHandle) -> Self {
        Self { handle, retention: None, description: None, owner_email: None, data: Vec::new() }
    }

    /// How long closed workflows are kept.
    pub fn retention(mut self, retention: Duration) -> Self {
        self.retention = Some(retention);
        self
    }

    /// What it is for.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Whom to write to about it.
    pub fn owner_email(mut self, owner_email: impl Into<String>) -> Self {
        self.owner_email = Some(owner_email.into());
        self
    }

    /// Data of the user's own; other keys stay.
    pub fn data(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.data.push((key.into(), value.into()));
        self
    }

    async fn send(self) -> Result<(), NamespaceError> {
        let Self { handle, retention, description, owner_email, data } = self;
        // The server replaces the whole of what is sent: what is not named is sent back as it was.
        let current = handle.describe().await?;
        let info = UpdateNamespaceInfo {
            description: description.unwrap_or_else(|| current.description().to_owned()),
            owner_email: owner_email.unwrap_or_else(|| current.owner_email().to_owned()),
            data: data.into_iter().collect(),
            ..UpdateNamespaceInfo::default()
        };
        let config = retention.map(|retention| NamespaceConfig {
            workflow_execution_retention_ttl: Some(proto_duration(retention)),
            ..current.raw.config.clone().unwrap_or_default()
        });
        let request = UpdateNamespaceRequest {
            namespace: handle.name.clone(),
            update_info: Some(info),
            config,
            ..UpdateNamespaceRequest::default()
        };
        let updated = handle.client.connection().workflow_service().update_namespace(request.into_request()).await;
        updated.map(drop).map_err(|status| NamespaceError::new(&handle.name, status))
    }
}

impl IntoFuture for UpdateNamespace {
    type Output = Result<(), NamespaceError>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
