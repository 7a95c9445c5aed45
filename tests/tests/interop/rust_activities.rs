//! Activities and a child workflow in Rust, called by a workflow in Python.

use durably::prelude::*;
use durably_tests::{address, client, python::PythonWorker, unique};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// `CallsRust` in `worker.py`.
#[workflow]
#[derive(Default)]
struct CallsRust;

#[workflow]
impl CallsRust {
    #[run]
    async fn run(_ctx: &WorkflowContext<Self>, _task_queue: String) -> WorkflowResult<Value> {
        unreachable!("implemented in Python")
    }
}

#[derive(Serialize, Deserialize)]
struct Scale {
    unit: String,
    digits: Option<u8>,
}

#[activity]
async fn measure(what: String, factor: u32, scale: Option<Scale>) -> ActivityResult<String> {
    let unit = scale.map(|scale| format!("{}/{:?}", scale.unit, scale.digits));
    Ok(format!("{what}: {} {unit:?}", what.len() as u32 * factor))
}

#[activity]
fn checksum(data: Vec<u8>) -> ActivityResult<Vec<u8>> {
    Ok(vec![data.len() as u8, data.iter().fold(0, |sum: u8, byte| sum.wrapping_add(*byte))])
}

#[activity]
fn nothing() {}

#[activity]
fn reject(reason: String, code: u32) -> Result<(), ApplicationFailure> {
    Err(ApplicationFailure::builder(reason).type_name("Rejected".to_owned()).non_retryable(true).details(code).build())
}

#[workflow]
#[derive(Default)]
struct Half {
    told: Option<(String, i64)>,
}

#[workflow]
impl Half {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, number: i64, _remark: Option<String>) -> WorkflowResult<Value> {
        if number % 2 == 1 {
            return Err(ApplicationFailure::builder(format!("{number} is odd"))
                .type_name("Odd".to_owned())
                .non_retryable(true)
                .build()
                .into());
        }
        ctx.wait_condition(|w| w.told.is_some()).await?;
        Ok(json!({ "half": number / 2, "told": ctx.state(|w| w.told.clone()) }))
    }

    #[signal]
    fn go(&mut self, when: String, times: i64) {
        self.told = Some((when, times));
    }
}

#[tokio::test]
async fn a_python_workflow_calls_rust_activities_and_a_rust_child() {
    let client = client().await;
    let (queue, python_queue) = (unique("rust"), unique("calls-rust"));
    let Some(python) = PythonWorker::start("worker.py", &[address(), &python_queue]).await else { return };
    let worker = Worker::new(&client, &queue)
        .workflow::<Half>()
        .activity::<measure>()
        .activity::<checksum>()
        .activity::<nothing>()
        .activity::<reject>()
        .start()
        .unwrap();

    let start = CallsRust::start(&client, &queue).id(unique("calls-rust")).task_queue(&python_queue);
    let seen = start.execute().await.unwrap();
    assert_eq!(
        seen,
        json!({
            "measured": "a line: 12 Some(\"mm/None\")",
            "measured_without": "a line: 12 None",
            "hashed": [3, 2],
            "nothing": null,
            "rejected": { "message": "too long", "type": "Rejected", "details": [7] },
            "half": { "half": 6, "told": ["now", 1] },
            "odd": { "message": "13 is odd", "type": "Odd", "details": [] },
        })
    );
    worker.shutdown().await.unwrap();
    python.stop().await;
}
