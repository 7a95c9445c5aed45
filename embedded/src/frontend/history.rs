//! Histories, page by page and as they grow.

use std::time::Duration;

use prost::Message;
use temporalio_protos::temporal::api::{
    enums::v1::HistoryEventFilterType,
    workflowservice::v1::{
        GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse,
        GetWorkflowExecutionHistoryReverseRequest, GetWorkflowExecutionHistoryReverseResponse,
    },
};
use tokio::time::{Instant, timeout_at};

use super::Call;
use crate::{
    api::{History, HistoryEvent},
    engine::{Engine, PageToken, RunKey, Waiter},
    refusal::Refusal,
    run::Run,
};

/// How long a call waits for news.
const WAIT: Duration = Duration::from_secs(20);
const PAGE: usize = 1000;

impl Call {
    pub(super) async fn get_workflow_execution_history(
        self,
        request: GetWorkflowExecutionHistoryRequest,
    ) -> Result<GetWorkflowExecutionHistoryResponse, Refusal> {
        let namespace = self.namespace(&request.namespace)?.name;
        let execution = request.execution.clone().unwrap_or_default();
        let token = page_token(&request.next_page_token)?;
        let close_only = request.history_event_filter_type() == HistoryEventFilterType::CloseEvent;
        let size = page_size(request.maximum_page_size);
        let key = self.shared.with(|engine| find(engine, &namespace, execution, token.as_ref()))?;
        let end = Instant::now() + self.patience(WAIT);
        let first_call = token.is_none();
        let from = token.map_or(1, |token| i64::try_from(token.next).unwrap_or(i64::MAX));
        loop {
            let (page, changed) = self.shared.with(|engine| {
                let page =
                    engine.run(key).map(|run| page(run, from, size, close_only, request.wait_new_event, self.sdk));
                (page, engine.watch(key))
            });
            let (Some(page), Some(mut changed)) = (page, changed) else {
                return Err(Refusal::not_found("workflow execution not found"));
            };
            let silent = page.history.as_ref().is_none_or(|history| history.events.is_empty());
            let waits = request.wait_new_event && silent && !page.next_page_token.is_empty();
            if !waits || (first_call && !close_only) {
                return Ok(page);
            }
            let _waiter = Waiter::new(&self.shared, key);
            if timeout_at(end, changed.changed()).await.is_err() {
                return Ok(page);
            }
        }
    }

    pub(super) async fn get_workflow_execution_history_reverse(
        self,
        request: GetWorkflowExecutionHistoryReverseRequest,
    ) -> Result<GetWorkflowExecutionHistoryReverseResponse, Refusal> {
        let namespace = self.namespace(&request.namespace)?.name;
        let token = page_token(&request.next_page_token)?;
        let size = page_size(request.maximum_page_size);
        self.shared.with(|engine| {
            let key = find(engine, &namespace, request.execution.unwrap_or_default(), token.as_ref())?;
            let run = engine.run(key).ok_or_else(|| Refusal::not_found("workflow execution not found"))?;
            let all = run.log.len();
            let end = token.map_or(all, |token| usize::try_from(token.next).unwrap_or(0).min(all));
            let start = end.saturating_sub(size);
            let events = run.log.range(start..end).rev().collect();
            let next_page_token = if start == 0 { Vec::new() } else { encode(run, start) };
            Ok(GetWorkflowExecutionHistoryReverseResponse { history: Some(History { events }), next_page_token })
        })
    }
}

/// What there is from this event on.
fn page(
    run: &Run,
    from: i64,
    size: usize,
    close_only: bool,
    wait: bool,
    sdk: bool,
) -> GetWorkflowExecutionHistoryResponse {
    let open = run.is_open();
    let (events, next): (Vec<HistoryEvent>, Option<usize>) = if close_only {
        let last = run.log.last().filter(|_| !open);
        (last.into_iter().collect(), (open && wait).then_some(run.log.len() + 1))
    } else {
        let start = usize::try_from(from.saturating_sub(1)).unwrap_or(0).min(run.log.len());
        let end = run.log.batches_end(start, size);
        let mut events: Vec<_> = run.log.range(start..end).collect();
        let rest = end < run.log.len();
        if !rest && sdk && !wait && open {
            events.extend(run.unwritten_events());
        }
        (events, (rest || (open && wait)).then_some(end + 1))
    };
    let next_page_token = next.map(|next| encode(run, next)).unwrap_or_default();
    GetWorkflowExecutionHistoryResponse {
        history: Some(History { events }),
        next_page_token,
        ..GetWorkflowExecutionHistoryResponse::default()
    }
}

fn encode(run: &Run, next: usize) -> Vec<u8> {
    PageToken { run_id: run.ids.run_id.clone(), next: u64::try_from(next).unwrap_or(u64::MAX) }.encode_to_vec()
}

fn page_token(bytes: &[u8]) -> Result<Option<PageToken>, Refusal> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let token = PageToken::decode(bytes).ok().filter(|token| token.next > 0 && !token.run_id.is_empty());
    token.map(Some).ok_or_else(|| Refusal::invalid("Invalid NextPageToken."))
}

fn page_size(asked: i32) -> usize {
    usize::try_from(asked).ok().filter(|size| *size > 0).unwrap_or(PAGE).min(PAGE)
}

/// The run of the token, else the one that is asked for.
fn find(
    engine: &Engine,
    namespace: &str,
    mut execution: crate::api::WorkflowExecution,
    token: Option<&PageToken>,
) -> Result<RunKey, Refusal> {
    if let Some(token) = token {
        if !execution.run_id.is_empty() && execution.run_id != token.run_id {
            return Err(Refusal::invalid("RunId in the request does not match the NextPageToken."));
        }
        execution.run_id.clone_from(&token.run_id);
    }
    engine.find(namespace, &execution)
}
