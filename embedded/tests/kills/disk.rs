//! Files that cannot be opened, or not be written.

use std::time::Duration;

use temporalio_protos::temporal::api::workflowservice::v1::{
    PollWorkflowTaskQueueRequest, PollWorkflowTaskQueueResponse, StartWorkflowExecutionResponse,
};
use tokio::time::timeout;
use tonic::Code;

use crate::{client::Client, directory::TempDir, ledger::history, load::start_request, program::Program};

#[tokio::test]
async fn the_program_says_why_a_file_cannot_be_opened() {
    let directory = TempDir::new();
    let file = directory.path().join("server.db");
    let first = Program::start(&file);
    let (status, says) = Program::fails(&file);
    assert_eq!(status.code(), Some(1));
    let expected = format!(
        "durably-embedded: {} is in use by another server; stop that one, or give each server a file of its own\n",
        file.display()
    );
    assert_eq!(says, expected);
    first.kill();
    std::fs::write(directory.path().join("text"), "of somebody").unwrap();
    let (status, says) = Program::fails(&directory.path().join("text"));
    assert_eq!(status.code(), Some(1));
    assert!(says.contains("is no file of durably-embedded, or it is damaged"), "{says}");
    Program::start(&file).kill();
}

/// As on a full disk: nothing is answered that is not there afterwards.
#[cfg(unix)]
#[tokio::test]
async fn a_server_that_cannot_write_refuses_every_call() {
    let directory = TempDir::new();
    let file = directory.path().join("server.db");
    let program = Program::start_limited(&file, 4096);
    let client = Client::connect(program.address()).await.unwrap();
    let poll = tokio::spawn({
        let client = client.clone();
        async move {
            let queue = temporalio_protos::temporal::api::taskqueue::v1::TaskQueue {
                name: "nobody".into(),
                ..Default::default()
            };
            let request = PollWorkflowTaskQueueRequest {
                namespace: "default".into(),
                task_queue: Some(queue),
                ..Default::default()
            };
            client.call::<_, PollWorkflowTaskQueueResponse>(request).await
        }
    });
    let mut started = Vec::new();
    let refused = loop {
        let id = format!("w-{}", started.len());
        let mut request = start_request(&id);
        request.identity = "x".repeat(20_000);
        match client.call::<_, StartWorkflowExecutionResponse>(request).await {
            Ok(_) => started.push(id),
            Err(refused) => break refused,
        }
        assert!(started.len() < 10_000, "the disk is never full");
    };
    let says = |status: &tonic::Status| {
        assert_eq!(status.code(), Code::Unavailable, "{status}");
        let message = status.message();
        assert!(message.contains(file.to_str().unwrap()) && message.contains("any more ("), "{message}");
    };
    says(&refused);
    // Reading, and waiting, are refused too: nobody may see what is not there afterwards.
    says(&client.call::<_, StartWorkflowExecutionResponse>(start_request("more")).await.unwrap_err());
    says(&timeout(Duration::from_secs(5), poll).await.expect("at once").unwrap().unwrap_err());
    program.kill();

    let program = Program::start(&file);
    let client = Client::connect(program.address()).await.unwrap();
    assert!(!started.is_empty());
    for id in &started {
        assert!(history(&client, id).await.unwrap().is_some(), "{id} was started, and is not there");
    }
    let StartWorkflowExecutionResponse { .. } = client.call(start_request("more")).await.unwrap();
}
