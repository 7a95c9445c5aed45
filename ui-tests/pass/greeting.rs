//! The first workflow, with every call a client has.

use durably::prelude::*;

#[workflow(task_queue = "greetings")]
#[derive(Default)]
pub struct Greeting {
    names: Vec<String>,
    closed: bool,
}

#[workflow]
impl Greeting {
    #[run(id = "greeting-{host}")]
    async fn run(ctx: &WorkflowContext<Self>, host: String) -> WorkflowResult<String> {
        ctx.wait_condition(|w| w.closed).await?;
        let names = ctx.state(|w| w.names.join(" and "));
        Ok(compose::execute(ctx, host, names).await?)
    }

    #[signal]
    fn submit(&mut self, name: String) {
        self.names.push(name);
    }

    #[signal(name = "exit")]
    fn close(&mut self) {
        self.closed = true;
    }

    #[query]
    fn waiting(&self) -> usize {
        self.names.len()
    }

    #[update]
    fn rename(&mut self, from: String, to: String) -> Result<usize, ApplicationFailure> {
        let renamed = self.names.iter_mut().filter(|name| **name == from);
        Ok(renamed.map(|name| name.clone_from(&to)).count())
    }

    #[update_validator(rename)]
    fn check_rename(&self, _from: &str, to: &str) -> Result<(), ApplicationFailure> {
        if to.is_empty() { Err(ApplicationFailure::non_retryable("nobody has an empty name")) } else { Ok(()) }
    }
}

#[activity(start_to_close_timeout = "10s")]
async fn compose(host: String, names: String) -> ActivityResult<String> {
    Ok(format!("{host} greets {names}"))
}

pub async fn drive(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let _worker = Worker::new(client, "greetings").workflow::<Greeting>().activity::<compose>().start()?;
    let greeting: GreetingHandle = Greeting::start(client, "Ada").run_timeout(Duration::from_secs(60)).await?;
    greeting.submit("Grace").await?;
    let waiting: usize = greeting.waiting().await?;
    let renamed: usize = greeting.rename("Grace", String::from("Hedy")).await?;
    let later = greeting.rename("Hedy", "Grace").accepted().await?;
    assert_eq!(later.result().await?, renamed + waiting);
    greeting.close().await?;
    let _: String = greeting.result().await?;

    let by_id = Greeting::handle(client, "greeting-Ada");
    by_id.cancel().reason("enough").await?;
    let _: String = Greeting::start(client, "Ada").id("g-1").task_queue("other").execute().await?;
    let _: GreetingHandle = Greeting::start(client, "Ada").with_signal(|w| w.submit("Grace")).await?;
    let (_handle, _count): (GreetingHandle, usize) =
        Greeting::start(client, "Ada").with_update(|w| w.rename("a", "b")).await?;
    Ok(())
}

#[test]
fn handlers_are_ordinary_methods() {
    let mut greeting = Greeting::default();
    greeting.submit("Grace".into());
    assert_eq!(greeting.rename("Grace".into(), "Hedy".into()).unwrap(), 1);
    assert!(greeting.check_rename("Hedy", "").is_err());
    assert_eq!(greeting.waiting(), 1);
    greeting.close();
    assert!(greeting.closed);
}
