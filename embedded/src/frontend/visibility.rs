//! Lists and counts, and the search attributes they know.

use std::collections::HashMap;

use temporalio_protos::temporal::api::{
    operatorservice::v1::{
        AddSearchAttributesRequest, AddSearchAttributesResponse, ListSearchAttributesRequest,
        ListSearchAttributesResponse, RemoveSearchAttributesRequest, RemoveSearchAttributesResponse,
    },
    workflowservice::v1::{
        CountWorkflowExecutionsRequest, CountWorkflowExecutionsResponse, GetSearchAttributesRequest,
        GetSearchAttributesResponse, ListArchivedWorkflowExecutionsRequest, ListArchivedWorkflowExecutionsResponse,
        ListClosedWorkflowExecutionsRequest, ListClosedWorkflowExecutionsResponse, ListOpenWorkflowExecutionsRequest,
        ListOpenWorkflowExecutionsResponse, ListWorkflowExecutionsRequest, ListWorkflowExecutionsResponse,
        ScanWorkflowExecutionsRequest, ScanWorkflowExecutionsResponse,
    },
};

use super::Call;
use crate::{
    refusal::Refusal,
    visibility::{Attributes, Kind},
};

const DEFAULT: &str = "default";

impl Call {
    pub(super) async fn list_workflow_executions(
        self,
        request: ListWorkflowExecutionsRequest,
    ) -> Result<ListWorkflowExecutionsResponse, Refusal> {
        self.shared.with(|engine| {
            let runs = &engine.rooms(&request.namespace)?.runs;
            let (executions, next_page_token) =
                runs.list(&request.query, request.page_size, &request.next_page_token)?;
            Ok(ListWorkflowExecutionsResponse { executions, next_page_token })
        })
    }

    pub(super) async fn scan_workflow_executions(
        self,
        request: ScanWorkflowExecutionsRequest,
    ) -> Result<ScanWorkflowExecutionsResponse, Refusal> {
        self.shared.with(|engine| {
            let runs = &engine.rooms(&request.namespace)?.runs;
            let (executions, next_page_token) =
                runs.list(&request.query, request.page_size, &request.next_page_token)?;
            Ok(ScanWorkflowExecutionsResponse { executions, next_page_token })
        })
    }

    pub(super) async fn list_open_workflow_executions(
        self,
        request: ListOpenWorkflowExecutionsRequest,
    ) -> Result<ListOpenWorkflowExecutionsResponse, Refusal> {
        self.shared.with(|engine| {
            let (executions, next_page_token) = engine.rooms(&request.namespace)?.runs.list_open(&request)?;
            Ok(ListOpenWorkflowExecutionsResponse { executions, next_page_token })
        })
    }

    pub(super) async fn list_closed_workflow_executions(
        self,
        request: ListClosedWorkflowExecutionsRequest,
    ) -> Result<ListClosedWorkflowExecutionsResponse, Refusal> {
        self.shared.with(|engine| {
            let (executions, next_page_token) = engine.rooms(&request.namespace)?.runs.list_closed(&request)?;
            Ok(ListClosedWorkflowExecutionsResponse { executions, next_page_token })
        })
    }

    /// There is no archive.
    pub(super) async fn list_archived_workflow_executions(
        self,
        request: ListArchivedWorkflowExecutionsRequest,
    ) -> Result<ListArchivedWorkflowExecutionsResponse, Refusal> {
        self.namespace(&request.namespace)?;
        Ok(ListArchivedWorkflowExecutionsResponse::default())
    }

    pub(super) async fn count_workflow_executions(
        self,
        request: CountWorkflowExecutionsRequest,
    ) -> Result<CountWorkflowExecutionsResponse, Refusal> {
        self.shared.with(|engine| Ok(engine.rooms(&request.namespace)?.runs.count(&request.query)?))
    }

    pub(super) async fn get_search_attributes(
        self,
        _: GetSearchAttributesRequest,
    ) -> Result<GetSearchAttributesResponse, Refusal> {
        self.shared.with(|engine| {
            let attributes = &engine.rooms(DEFAULT)?.runs.attributes;
            let mut keys = typed(attributes.customs());
            keys.extend(typed(Attributes::systems()));
            Ok(GetSearchAttributesResponse { keys })
        })
    }

    pub(super) async fn add_search_attributes(
        self,
        request: AddSearchAttributesRequest,
    ) -> Result<AddSearchAttributesResponse, Refusal> {
        self.shared.with(|engine| {
            let namespace = named(&request.namespace);
            engine.rooms(namespace)?.runs.attributes.add(&request.search_attributes)?;
            engine.namespaces.touch(namespace);
            Ok(AddSearchAttributesResponse::default())
        })
    }

    pub(super) async fn remove_search_attributes(
        self,
        request: RemoveSearchAttributesRequest,
    ) -> Result<RemoveSearchAttributesResponse, Refusal> {
        self.shared.with(|engine| {
            let namespace = named(&request.namespace);
            engine.rooms(namespace)?.runs.attributes.remove(&request.search_attributes)?;
            engine.namespaces.touch(namespace);
            Ok(RemoveSearchAttributesResponse::default())
        })
    }

    pub(super) async fn list_search_attributes(
        self,
        request: ListSearchAttributesRequest,
    ) -> Result<ListSearchAttributesResponse, Refusal> {
        self.shared.with(|engine| {
            let attributes = &engine.rooms(named(&request.namespace))?.runs.attributes;
            Ok(ListSearchAttributesResponse {
                custom_attributes: typed(attributes.customs()),
                system_attributes: typed(Attributes::systems()),
                ..ListSearchAttributesResponse::default()
            })
        })
    }
}

/// Names with their types, as messages have them.
fn typed<'a>(attributes: impl Iterator<Item = (&'a str, Kind)>) -> HashMap<String, i32> {
    attributes.map(|(name, kind)| (name.to_owned(), kind.proto() as i32)).collect()
}

/// Requests to the operator may leave the namespace out.
fn named(namespace: &str) -> &str {
    if namespace.is_empty() { DEFAULT } else { namespace }
}
