//! Namespaces, registered and changed.

use temporalio_protos::temporal::api::{
    enums::v1::NamespaceState,
    errordetails::v1::{NamespaceAlreadyExistsFailure, NamespaceNotFoundFailure},
    namespace::v1::{
        NamespaceConfig, NamespaceInfo,
        namespace_info::{Capabilities, Limits},
    },
    operatorservice::v1::{DeleteNamespaceRequest, DeleteNamespaceResponse},
    replication::v1::{ClusterReplicationConfig, NamespaceReplicationConfig},
    workflowservice::v1::{
        DeprecateNamespaceRequest, DeprecateNamespaceResponse, DescribeNamespaceRequest, DescribeNamespaceResponse,
        ListNamespacesRequest, ListNamespacesResponse, RegisterNamespaceRequest, RegisterNamespaceResponse,
        UpdateNamespaceRequest, UpdateNamespaceResponse,
    },
};

use super::Call;
use crate::{
    engine::{Engine, Namespace, new_id},
    refusal::Refusal,
    time,
};

const CLUSTER: &str = "active";

impl Call {
    pub(super) async fn register_namespace(
        self,
        request: RegisterNamespaceRequest,
    ) -> Result<RegisterNamespaceResponse, Refusal> {
        if request.namespace.is_empty() {
            return Err(Refusal::invalid("Namespace is not set on request."));
        }
        let retention = time::duration(request.workflow_execution_retention_period.as_ref());
        if retention.is_zero() {
            return Err(Refusal::invalid("A valid retention period is not set on request."));
        }
        self.shared.with(|engine| {
            if engine.namespaces.get(&request.namespace).is_some() {
                return Err(Refusal::already_exists(format!("Namespace \"{}\" already exists", request.namespace))
                    .with_detail(&NamespaceAlreadyExistsFailure::default()));
            }
            engine.add_rooms(&request.namespace);
            engine.namespaces.insert(Namespace {
                name: request.namespace,
                id: new_id(),
                description: request.description,
                owner_email: request.owner_email,
                data: request.data.into_iter().collect(),
                retention,
                deprecated: false,
            });
            Ok(RegisterNamespaceResponse::default())
        })
    }

    pub(super) async fn describe_namespace(
        self,
        request: DescribeNamespaceRequest,
    ) -> Result<DescribeNamespaceResponse, Refusal> {
        self.shared.with(|engine| {
            let namespace = match (request.namespace.as_str(), request.id.as_str()) {
                ("", "") => return Err(Refusal::invalid("Namespace is not set on request.")),
                ("", id) => engine.namespaces.by_id(id).ok_or_else(|| missing(id))?,
                (name, _) => engine.namespaces.get(name).ok_or_else(|| missing(name))?,
            };
            Ok(describe(engine, namespace))
        })
    }

    pub(super) async fn list_namespaces(
        self,
        request: ListNamespacesRequest,
    ) -> Result<ListNamespacesResponse, Refusal> {
        let after =
            String::from_utf8(request.next_page_token).map_err(|_| Refusal::invalid("Invalid NextPageToken."))?;
        let size = usize::try_from(request.page_size).ok().filter(|size| *size > 0).unwrap_or(100);
        Ok(self.shared.with(|engine| {
            let mut rest = engine.namespaces.iter().filter(|namespace| namespace.name > after).peekable();
            let page: Vec<_> = rest.by_ref().take(size).collect();
            let last = page.last().map(|namespace| namespace.name.clone()).unwrap_or_default();
            let next_page_token = if rest.peek().is_some() { last.into_bytes() } else { Vec::new() };
            let namespaces = page.into_iter().map(|namespace| describe(engine, namespace)).collect();
            ListNamespacesResponse { namespaces, next_page_token }
        }))
    }

    pub(super) async fn update_namespace(
        self,
        request: UpdateNamespaceRequest,
    ) -> Result<UpdateNamespaceResponse, Refusal> {
        self.namespace(&request.namespace)?;
        self.shared.with(|engine| {
            let namespace = engine.namespaces.get_mut(&request.namespace).ok_or_else(|| missing(&request.namespace))?;
            if let Some(info) = request.update_info {
                if !info.description.is_empty() {
                    namespace.description = info.description;
                }
                if !info.owner_email.is_empty() {
                    namespace.owner_email = info.owner_email;
                }
                namespace.data.extend(info.data);
            }
            if let Some(config) = &request.config {
                let retention = time::duration(config.workflow_execution_retention_ttl.as_ref());
                if !retention.is_zero() {
                    namespace.retention = retention;
                }
            }
            let namespace = namespace.clone();
            let described = describe(engine, &namespace);
            Ok(UpdateNamespaceResponse {
                namespace_info: described.namespace_info,
                config: described.config,
                replication_config: described.replication_config,
                ..UpdateNamespaceResponse::default()
            })
        })
    }

    pub(super) async fn deprecate_namespace(
        self,
        request: DeprecateNamespaceRequest,
    ) -> Result<DeprecateNamespaceResponse, Refusal> {
        self.namespace(&request.namespace)?;
        self.shared.with(|engine| {
            if let Some(namespace) = engine.namespaces.get_mut(&request.namespace) {
                namespace.deprecated = true;
            }
        });
        Ok(DeprecateNamespaceResponse::default())
    }

    pub(super) async fn delete_namespace(
        self,
        request: DeleteNamespaceRequest,
    ) -> Result<DeleteNamespaceResponse, Refusal> {
        self.shared.with(|engine| {
            let found = match (request.namespace.as_str(), request.namespace_id.as_str()) {
                ("", "") => return Err(Refusal::invalid("Namespace not set on request.")),
                ("", id) => engine.namespaces.by_id(id).ok_or_else(|| missing(id)),
                (name, _) => engine.namespaces.get(name).ok_or_else(|| missing(name)),
            };
            let given = if request.namespace.is_empty() { &request.namespace_id } else { &request.namespace };
            let name = found?.name.clone();
            engine.delete_all(&name);
            engine.remove_rooms(&name);
            let deleted = engine.namespaces.remove(&name).ok_or_else(|| missing(given))?;
            let suffix: String = deleted.id.chars().take(5).collect();
            Ok(DeleteNamespaceResponse { deleted_namespace: format!("{name}-deleted-{suffix}") })
        })
    }
}

fn missing(name: &str) -> Refusal {
    Refusal::not_found(format!("Namespace {name} is not found."))
        .with_detail(&NamespaceNotFoundFailure { namespace: name.to_owned() })
}

fn describe(engine: &Engine, namespace: &Namespace) -> DescribeNamespaceResponse {
    let state = if namespace.deprecated { NamespaceState::Deprecated } else { NamespaceState::Registered };
    let limit = i64::try_from(engine.limits.blob_bytes).unwrap_or(i64::MAX);
    DescribeNamespaceResponse {
        namespace_info: Some(NamespaceInfo {
            name: namespace.name.clone(),
            state: state as i32,
            description: namespace.description.clone(),
            owner_email: namespace.owner_email.clone(),
            data: namespace.data.clone().into_iter().collect(),
            id: namespace.id.clone(),
            capabilities: Some(Capabilities {
                eager_workflow_start: true,
                sync_update: true,
                async_update: true,
                worker_heartbeats: true,
                ..Capabilities::default()
            }),
            limits: Some(Limits { blob_size_limit_error: limit, memo_size_limit_error: limit, ..Limits::default() }),
            supports_schedules: true,
        }),
        config: Some(NamespaceConfig {
            workflow_execution_retention_ttl: Some(time::proto(namespace.retention)),
            ..NamespaceConfig::default()
        }),
        replication_config: Some(NamespaceReplicationConfig {
            active_cluster_name: CLUSTER.to_owned(),
            clusters: vec![ClusterReplicationConfig {
                cluster_name: CLUSTER.to_owned(),
                ..ClusterReplicationConfig::default()
            }],
            ..NamespaceReplicationConfig::default()
        }),
        ..DescribeNamespaceResponse::default()
    }
}
