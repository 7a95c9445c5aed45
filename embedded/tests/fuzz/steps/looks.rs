//! Clients that look at what is there.

use temporalio_protos::temporal::api::{enums::v1::HistoryEventFilterType, workflowservice::v1 as service};

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
    match world.rng.below(8) {
        0 | 1 => {
            let wait = world.rng.once_in(3);
            let request = service::GetWorkflowExecutionHistoryRequest {
                namespace,
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
                return world.wait(request);
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
        _ => {
            let task_queue = Some(requests::queue(&mut world.rng));
            let request = service::DescribeTaskQueueRequest { namespace, task_queue, ..Default::default() };
            let _: Option<service::DescribeTaskQueueResponse> = world.call(request).await;
        }
    }
}
