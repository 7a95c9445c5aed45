//! What a program does that is told of no Temporal service: it has one of its own.

use durably::{ConnectError, prelude::*};
use durably_tests::{Child, told_to};

#[workflow(task_queue = "unconfigured")]
#[derive(Default)]
struct Doubling {
    go_on: bool,
}

#[workflow]
impl Doubling {
    #[run(id = "doubling-{number}")]
    async fn run(ctx: &WorkflowContext<Self>, number: u32) -> WorkflowResult<u32> {
        ctx.wait_condition(|w| w.go_on).await?;
        Ok(2 * number)
    }

    #[signal]
    fn go_on(&mut self) {
        self.go_on = true;
    }
}

/// A program on two runtimes, one after the other: what a client has begun on the first, another one finds on the second.
#[test]
#[ignore = "needs another environment: the child of the test below"]
fn a_program_without_configuration() {
    let Some(namespace) = told_to() else { return };
    let runtime = || tokio::runtime::Runtime::new().unwrap();
    runtime().block_on(async {
        let client = durably::client().await.unwrap();
        assert_eq!(client.options().namespace, namespace);
        Doubling::start(&client, 21).await.unwrap();
        let other = durably::client().namespace("elsewhere").await.unwrap();
        assert!(Doubling::handle(&other, "doubling-21").describe().await.is_err(), "each namespace is for itself");
    });
    runtime().block_on(async {
        let client = durably::client().await.unwrap();
        let worker = Worker::new(&client, "unconfigured").workflow::<Doubling>().start().unwrap();
        let doubling = Doubling::handle(&client, "doubling-21");
        doubling.go_on().await.unwrap();
        assert_eq!(doubling.result().await.unwrap(), 42);
        let error = Doubling::handle(&client, "doubling-0").describe().await.unwrap_err().to_string();
        assert!(error.contains("doubling-0"), "{error}");
        worker.shutdown().await.unwrap();

        let error = durably::client().api_key("secret").await.err().unwrap();
        assert!(matches!(error, ConnectError::NoAddressForTls), "{error}");
    });
}

async fn program(namespace: &str, variables: &[(&str, &str)]) {
    let child = Child::start("unconfigured::a_program_without_configuration", namespace, |command| {
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TEMPORAL_")) {
            command.env_remove(name);
        }
        command.env("TEMPORAL_CONFIG_FILE", "/dev/null").envs(variables.iter().copied());
    });
    let status = tokio::task::spawn_blocking(|| child.wait()).await.unwrap().unwrap();
    assert!(status.success(), "{status}");
}

#[tokio::test]
async fn without_an_address_the_process_has_a_server() {
    program("default", &[]).await;
}

#[tokio::test]
async fn it_has_the_namespace_that_is_configured() {
    program("billing", &[("TEMPORAL_NAMESPACE", "billing")]).await;
}
