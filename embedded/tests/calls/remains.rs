//! What is left of what is over: nothing.

use std::time::Duration;

use durably_embedded::Census;
use temporalio_protos::temporal::api::{
    query::v1::WorkflowQuery,
    workflowservice::v1::{
        DeleteWorkflowExecutionRequest, DeleteWorkflowExecutionResponse, QueryWorkflowRequest, QueryWorkflowResponse,
        StartWorkflowExecutionRequest, StartWorkflowExecutionResponse,
    },
};
use tokio::time::timeout;

use crate::support::{HOUR, SOON, World, YEAR, activity, done, execution, start, timer};

async fn delete(world: &World, id: &str) {
    let request =
        DeleteWorkflowExecutionRequest { namespace: "default".into(), workflow_execution: Some(execution(id)) };
    let DeleteWorkflowExecutionResponse {} = world.call(request).await.unwrap();
}

#[tokio::test]
async fn deleted_workflows_leave_nothing() {
    let world = World::new();
    for number in 0..20 {
        let id = format!("w{number}");
        let request =
            StartWorkflowExecutionRequest { workflow_run_timeout: Some(YEAR.try_into().unwrap()), ..start(&id) };
        let StartWorkflowExecutionResponse { .. } = world.call(request).await.unwrap();
        match number % 4 {
            0 => {}
            1 => drop(world.poll().await),
            2 => drop(world.work(vec![activity("a", None, None), timer("t", YEAR)]).await),
            _ => drop(world.work(vec![done()]).await),
        }
    }
    let held = world.0.census();
    assert_eq!((held.runs, held.workflow_ids, held.records), (20, 20, 20));
    assert!(held.timers > 0 && held.tasks > 0, "{held:?}");
    for number in 0..20 {
        delete(&world, &format!("w{number}")).await;
    }
    assert_eq!(world.0.census(), Census { queues: world.0.census().queues, ..Census::default() });
}

#[tokio::test]
async fn timers_of_closed_workflows_do_not_pile_up() {
    let world = World::new();
    for _ in 0..5000 {
        let request =
            StartWorkflowExecutionRequest { workflow_run_timeout: Some(YEAR.try_into().unwrap()), ..start("w") };
        let StartWorkflowExecutionResponse { .. } = world.call(request).await.unwrap();
        world.terminate("w").await;
    }
    assert_eq!(world.0.census().timers, 0);
}

#[tokio::test]
async fn callers_that_vanish_leave_nothing() {
    let world = World::new();
    world.start("w").await;
    world.work(vec![timer("t", HOUR)]).await;
    let before = world.0.census();
    assert!(timeout(SOON, world.poll()).await.is_err());
    assert!(timeout(SOON, world.poll_activity()).await.is_err());
    assert!(timeout(SOON, world.result("w")).await.is_err());
    assert!(timeout(SOON, world.sleep("Sleep", HOUR)).await.is_err());
    let query = QueryWorkflowRequest {
        namespace: "default".into(),
        execution: Some(execution("w")),
        query: Some(WorkflowQuery { query_type: "q".into(), ..Default::default() }),
        ..Default::default()
    };
    assert!(timeout(SOON, world.call::<_, QueryWorkflowResponse>(query)).await.is_err());
    tokio::time::sleep(Duration::from_millis(10)).await;
    let after = world.0.census();
    assert_eq!(Census { queues: before.queues, ..after }, before);
}
