//! Registering a namespace.

use std::time::Duration;

use futures_util::future::BoxFuture;
use temporalio_client::tonic::IntoRequest;
use temporalio_common::protos::temporal::api::workflowservice::v1::RegisterNamespaceRequest;

use super::{NamespaceError, NamespaceHandle};
use crate::wire::proto_duration;

const RETENTION: Duration = Duration::from_secs(3 * 86_400);

/// A namespace about to be registered; await it.
#[must_use = "nothing is registered unless it is awaited"]
pub struct RegisterNamespace {
    handle: NamespaceHandle,
    retention: Duration,
    request: RegisterNamespaceRequest,
}

impl RegisterNamespace {
    pub(super) fn new(handle: NamespaceHandle) -> Self {
        let request =
            RegisterNamespaceRequest { namespace: handle.name.clone(), ..RegisterNamespaceRequest::default() };
        Self { handle, retention: RETENTION, request }
    }

    /// How long closed workflows are kept, in whole days on some servers. 3 days unless given.
    pub fn retention(mut self, retention: Duration) -> Self {
        self.retention = retention;
        self
    }

    /// What it is for.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.request.description = description.into();
        self
    }

    /// Whom to write to about it.
    pub fn owner_email(mut self, owner_email: impl Into<String>) -> Self {
        self.request.owner_email = owner_email.into();
        self
    }

    /// Data of the user's own.
    pub fn data(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.request.data.insert(key.into(), value.into());
        self
    }

    async fn send(self) -> Result<NamespaceHandle, NamespaceError> {
        let Self { handle, retention, mut request } = self;
        request.workflow_execution_retention_period = Some(proto_duration(retention));
        let registered = handle.client.connection().workflow_service().register_namespace(request.into_request()).await;
        match registered {
            Ok(_) => Ok(handle),
            Err(status) => Err(NamespaceError::new(&handle.name, status)),
        }
    }
}

impl IntoFuture for RegisterNamespace {
    type Output = Result<NamespaceHandle, NamespaceError>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
