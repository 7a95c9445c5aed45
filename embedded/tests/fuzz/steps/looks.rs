//! Clients that look at what is there.

use temporalio_protos::temporal::api::{
    enums::v1::HistoryEventFilterType,
    filter::v1::{StatusFilter, WorkflowTypeFilter},
    workflowservice::v1::{
        self as service, list_closed_workflow_executions_request::Filters as Closed,
        list_open_workflow_executions_request::Filters as Open,
    },
};

use super::token;
use crate::{requests, world::World};

pub(super) async fn look(world: &mut World) {
    let namespace = requests::namespace(&mut world.rng);
    let execution = Some(requests::execution(&mut world.rng, &world.run_ids));
    let page_size = i32::try_from(world.rng.below(4)).unwrap_or(0) - 1;
    let page = world.rng.try_pick(&world.page_tokens).unwrap_or_default();
    let page = if world.rng.once_in(2) { Vec::new() } else { token(world, page) };
    let queries = [
        "",
        "WorkflowId = 'w1'",
        "ExecutionStatus = 'Running' AND RunId != 'x'",
        "nonsense",
        "GROUP BY ExecutionStatus",
    ];
    let query = world.rng.pick(&queries).to_owned();
    match world.rng.below(12) {
        0 | 1 => {
            let wait = world.rng.once_in(3);
            let request = service::GetWorkflowExecutionHistoryRequest {
                namespace: namespace.clone(),
                execution,
                maximum_page_size: page_size,
                next_page_token: page,
                wait_new_event: wait,
                history_event_filter_type: world
                    .rng
                    .pick(&[HistoryEventFilterType::AllEvent, HistoryEventFilterType::CloseEvent])
                    as i32,
                ..Default::default()
            };
            if wait && world.rng.once_in(2) {
                return world.wait(namespace, request);
            }
            let answer: Option<service::GetWorkflowExecutionHistoryResponse> = world.call(request).await;
            world.page_tokens.extend(answer.map(|answer| answer.next_page_token));
        }
        2 => {
            let request = service::GetWorkflowExecutionHistoryReverseRequest {
                namespace,
                execution,
                maximum_page_size: page_size,
                next_page_token: page,
            };
            let answer: Option<service::GetWorkflowExecutionHistoryReverseResponse> = world.call(request).await;
            world.page_tokens.extend(answer.map(|answer| answer.next_page_token));
        }
        3 | 4 => {
            let request = service::DescribeWorkflowExecutionRequest { namespace, execution };
            let _: Option<service::DescribeWorkflowExecutionResponse> = world.call(request).await;
        }
        5 => {
            let request = service::ListWorkflowExecutionsRequest { namespace, page_size, next_page_token: page, query };
            let answer: Option<service::ListWorkflowExecutionsResponse> = world.call(request).await;
            world.page_tokens.extend(answer.map(|answer| answer.next_page_token));
        }
        6 => {
            let request = service::CountWorkflowExecutionsRequest { namespace, query };
            let _: Option<service::CountWorkflowExecutionsResponse> = world.call(request).await;
        }
        7 => {
            let request = service::ScanWorkflowExecutionsRequest { namespace, page_size, next_page_token: page, query };
            let answer: Option<service::ScanWorkflowExecutionsResponse> = world.call(request).await;
            world.page_tokens.extend(answer.map(|answer| answer.next_page_token));
        }
        8 => {
            let request = service::ListOpenWorkflowExecutionsRequest {
                namespace,
                maximum_page_size: page_size,
                next_page_token: page,
                filters: world.rng.maybe(2, |rng| Open::TypeFilter(WorkflowTypeFilter { name: requests::name(rng) })),
                ..Default::default()
            };
            let answer: Option<service::ListOpenWorkflowExecutionsResponse> = world.call(request).await;
            world.page_tokens.extend(answer.map(|answer| answer.next_page_token));
        }
        9 => {
            let status = i32::try_from(world.rng.below(9)).unwrap_or(0);
            let request = service::ListClosedWorkflowExecutionsRequest {
                namespace,
                maximum_page_size: page_size,
                next_page_token: page,
                filters: world.rng.maybe(2, |_| Closed::StatusFilter(StatusFilter { status })),
                ..Default::default()
            };
            let answer: Option<service::ListClosedWorkflowExecutionsResponse> = world.call(request).await;
            world.page_tokens.extend(answer.map(|answer| answer.next_page_token));
        }
        10 => {
            let request = service::ListArchivedWorkflowExecutionsRequest { namespace, query, ..Default::default() };
            let _: Option<service::ListArchivedWorkflowExecutionsResponse> = world.call(request).await;
        }
        _ => {
            let task_queue = Some(requests::queue(&mut world.rng));
            let request = service::DescribeTaskQueueRequest { namespace, task_queue, ..Default::default() };
            let _: Option<service::DescribeTaskQueueResponse> = world.call(request).await;
        }
    }
}
