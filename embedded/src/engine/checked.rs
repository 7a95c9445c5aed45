//! Whether a start can be carried out.

use std::time::Duration;

use temporalio_protos::temporal::api::{
    common::v1::{Callback, callback},
    errordetails::v1::NamespaceNotFoundFailure,
    workflowservice::v1::StartWorkflowExecutionRequest,
};

use super::{Engine, Namespace, StartPolicies, new_id};
use crate::{
    api::{Payloads, SearchAttributes},
    refusal::Refusal,
    run::{Attach, Start, validate_retry_policy},
    time,
};

impl Engine {
    /// The namespace of a request.
    ///
    /// Errors: it is not set, or there is none of this name.
    pub(crate) fn namespace(&self, name: &str) -> Result<&Namespace, Refusal> {
        if name.is_empty() {
            return Err(Refusal::invalid("Namespace is not set on request."));
        }
        self.namespaces.get(name).ok_or_else(|| {
            Refusal::not_found(format!("Namespace {name} is not found."))
                .with_detail(&NamespaceNotFoundFailure { namespace: name.to_owned() })
        })
    }

    /// A request that can be carried out.
    pub(crate) fn checked(&self, request: StartWorkflowExecutionRequest) -> Result<(Start, StartPolicies), Refusal> {
        let namespace = self.namespace(&request.namespace)?.clone();
        let limits = &self.limits;
        let set = |text: &str, what: &str| match text.len() {
            0 => Err(Refusal::invalid(format!("{what} is not set on request."))),
            length if length > limits.id_bytes => Err(Refusal::invalid(format!("{what} length exceeds limit."))),
            _ => Ok(()),
        };
        set(&request.workflow_id, "WorkflowId")?;
        let workflow_type = request.workflow_type.clone().unwrap_or_default();
        set(&workflow_type.name, "WorkflowType")?;
        let task_queue = request.task_queue.clone().ok_or_else(|| Refusal::invalid("taskQueue is not set"))?.name;
        if task_queue.is_empty() {
            return Err(Refusal::invalid("missing task queue name"));
        }
        set(&task_queue, "taskQueue")?;
        let timeout = |timeout: &Option<prost_wkt_types::Duration>, what: &str| match timeout {
            Some(given) if given.seconds < 0 || given.nanos < 0 => {
                Err(Refusal::invalid(format!("invalid {what}: negative duration")))
            }
            given => Ok(given.as_ref().map(|given| time::duration(Some(given)))),
        };
        let execution_timeout = timeout(&request.workflow_execution_timeout, "WorkflowExecutionTimeoutSeconds")?;
        let run_timeout = timeout(&request.workflow_run_timeout, "WorkflowRunTimeoutSeconds")?;
        let task_timeout = timeout(&request.workflow_task_timeout, "WorkflowTaskTimeoutSeconds")?.unwrap_or_default();
        let delay = timeout(&request.workflow_start_delay, "WorkflowStartDelay")?.unwrap_or_default();
        if let Some(policy) = &request.retry_policy {
            validate_retry_policy(policy)?;
        }
        refuse_callbacks(&request.completion_callbacks)?;
        let request_id = if request.request_id.is_empty() { new_id() } else { request.request_id.clone() };
        let attach = attach(&request, &request_id)?;
        let backoff = self.backoff(&request.cron_schedule, delay)?;
        self.fits(request.input.as_ref())?;
        let attributes = match &request.search_attributes {
            Some(given) => self.attributes(&namespace.name, given)?,
            None => SearchAttributes::default(),
        };
        let policies = StartPolicies {
            reuse: request.workflow_id_reuse_policy(),
            conflict: request.workflow_id_conflict_policy(),
            attach,
        };
        let start = Start {
            namespace: namespace.name,
            namespace_id: namespace.id,
            workflow_id: request.workflow_id,
            workflow_type,
            task_queue,
            input: request.input,
            header: request.header,
            execution_timeout,
            run_timeout,
            task_timeout,
            identity: request.identity,
            request_id,
            retry_policy: request.retry_policy,
            cron_schedule: request.cron_schedule,
            memo: request.memo.unwrap_or_default(),
            search_attributes: attributes,
            user_metadata: request.user_metadata,
            links: request.links,
            priority: request.priority,
            versioning_override: request.versioning_override,
            backoff: Some(backoff),
            last_result: request.last_completion_result,
            last_failure: request.continued_failure,
            attempt: 1,
            ..Start::default()
        };
        Ok((start, policies))
    }

    /// Errors: this is more data than a request may have.
    pub(crate) fn fits(&self, payloads: Option<&Payloads>) -> Result<(), Refusal> {
        match payloads.map_or(0, prost::Message::encoded_len) > self.limits.blob_bytes {
            true => Err(Refusal::invalid("Blob data size exceeds limit.")),
            false => Ok(()),
        }
    }

    /// How long the first workflow task waits.
    ///
    /// Errors: it is no cron schedule, or there is a delay beside it.
    pub(super) fn backoff(&self, cron_schedule: &str, delay: Duration) -> Result<Duration, Refusal> {
        if cron_schedule.is_empty() {
            return Ok(delay);
        }
        let schedule = crate::cron::parse(cron_schedule).map_err(|_| Refusal::invalid("invalid CronSchedule."))?;
        if !delay.is_zero() {
            return Err(Refusal::invalid("CronSchedule and WorkflowStartDelay may not be used together."));
        }
        let now = self.clock.now();
        Ok(schedule.next(now, now).unwrap_or_default())
    }
}

/// What the request wants the workflow to have of it that runs already.
fn attach(request: &StartWorkflowExecutionRequest, request_id: &str) -> Result<Attach, Refusal> {
    let Some(options) = &request.on_conflict_options else { return Ok(Attach::default()) };
    if options.attach_completion_callbacks && !options.attach_request_id {
        return Err(Refusal::invalid("attaching request ID is required for attaching completion callbacks"));
    }
    Ok(Attach {
        request_id: options.attach_request_id.then(|| request_id.to_owned()),
        links: if options.attach_links { request.links.clone() } else { Vec::new() },
    })
}

/// Like a real server that nobody has told where callbacks may go.
fn refuse_callbacks(callbacks: &[Callback]) -> Result<(), Refusal> {
    match callbacks.first().map(|callback| &callback.variant) {
        None => Ok(()),
        Some(Some(callback::Variant::Nexus(nexus))) => Err(Refusal::invalid(format!(
            "invalid url: url does not match any configured callback address: {}",
            nexus.url
        ))),
        Some(_) => Err(Refusal::unimplemented("the embedded server does not implement callbacks on completion")),
    }
}
