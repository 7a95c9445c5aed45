//! Worker versioning: which of two versions of a worker a workflow runs on.

use durably::temporal::{
    client::tonic::IntoRequest,
    common::protos::temporal::api::workflowservice::v1::SetWorkerDeploymentCurrentVersionRequest,
};
use durably::{RunningWorker, VersioningBehavior, VersioningOverride, WorkerDeploymentVersion, prelude::*};
use durably_tests::{event, eventually::eventually, real_address, unique};

/// One workflow type in two versions, which say which they are.
macro_rules! version {
    ($name:ident, $version:literal) => {
        #[workflow(name = "Versioned")]
        #[derive(Default)]
        struct $name {
            go_on: bool,
        }

        #[workflow]
        impl $name {
            #[run]
            async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<String> {
                ctx.wait_condition(|w| w.go_on).await?;
                Ok($version.to_owned())
            }

            #[signal]
            fn go_on(&mut self) {
                self.go_on = true;
            }
        }
    };
}

version!(First, "first");
version!(Second, "second");

/// Two versions of a deployment, on one task queue.
struct Deployment {
    client: Client,
    name: String,
    queue: String,
    workers: [RunningWorker; 2],
}

impl Deployment {
    /// On a server that knows of deployments; `None` if there is none, and the test is to be skipped.
    async fn start() -> Option<Self> {
        let client = durably::client().address(real_address().await?).await.unwrap();
        let (name, queue) = (unique("deployment"), unique("versions"));
        let pinned = VersioningBehavior::Pinned;
        let first = Worker::new(&client, &queue).workflow::<First>().version(&name, "1", pinned).start().unwrap();
        let second = Worker::new(&client, &queue).workflow::<Second>().version(&name, "2", pinned).start().unwrap();
        Some(Self { client, name, queue, workers: [first, second] })
    }

    /// Makes a version the current one, as soon as the service knows it.
    async fn make_current(&self, build_id: &str) {
        eventually(|| async {
            let request = SetWorkerDeploymentCurrentVersionRequest {
                namespace: self.client.options().namespace.clone(),
                deployment_name: self.name.clone(),
                build_id: build_id.to_owned(),
                ..Default::default()
            };
            let mut service = self.client.connection().workflow_service();
            service.set_worker_deployment_current_version(request.into_request()).await
        })
        .await;
    }

    fn workflow(&self) -> durably::calls::Start<First, durably::typestate::Given, durably::typestate::Given> {
        First::start(&self.client).id(unique("versioned")).task_queue(&self.queue)
    }

    fn version(&self, build_id: &str) -> WorkerDeploymentVersion {
        WorkerDeploymentVersion::builder().deployment_name(&self.name).build_id(build_id).build()
    }
}

async fn result(workflow: &FirstHandle) -> String {
    workflow.go_on().await.unwrap();
    workflow.result().await.unwrap()
}

#[tokio::test]
async fn workflows_run_on_the_version_that_worker_and_start_say() {
    let Some(deployment) = Deployment::start().await else { return };
    deployment.make_current("1").await;
    let pinned = deployment.workflow().await.unwrap();
    let upgraded = deployment.workflow().versioning_override(VersioningOverride::AutoUpgrade).await.unwrap();
    let begun =
        [event!(pinned, WorkflowTaskCompletedEventAttributes), event!(upgraded, WorkflowTaskCompletedEventAttributes)];
    for begun in begun {
        assert_eq!(begun.deployment_version.unwrap().build_id, "1");
    }

    deployment.make_current("2").await;
    let new = deployment.workflow().await.unwrap();
    let first = VersioningOverride::Pinned(deployment.version("1"));
    let overridden = deployment.workflow().versioning_override(first).await.unwrap();
    assert_eq!(result(&pinned).await, "first", "a pinned one ends where it began");
    assert_eq!(result(&upgraded).await, "second", "one that upgrades goes along");
    assert_eq!(result(&new).await, "second", "a new one begins with the current version");
    assert_eq!(result(&overridden).await, "first", "the start decides otherwise");
    for worker in deployment.workers {
        worker.shutdown().await.unwrap();
    }
}
