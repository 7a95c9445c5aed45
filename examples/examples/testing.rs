//! Tests of workflows.
//!
//! What one learns: `#[durably::test]` gives a test a Temporal service of its own, in its own process, whose time skips; a mock
//! answers an activity with the types of the activity; what a workflow did is replayed when the test is over. Run the tests
//! with `cargo test --example testing`; the program does by hand what they do.
//!
//! ```text
//! day 3:  reminded ["Ada"]
//! day 30: gave up
//! the invitation replays
//! ```

use durably::{prelude::*, testing::TestEnv};

const DAY: Duration = Duration::from_secs(86_400);

/// Waits for an answer: reminds once, and gives up after a month.
#[workflow(task_queue = "invitations")]
#[derive(Default)]
struct Invitation {
    answer: Option<bool>,
}

#[workflow]
impl Invitation {
    #[run(id = "invitation-{guest}")]
    async fn run(ctx: &WorkflowContext<Self>, guest: String) -> WorkflowResult<Option<bool>> {
        let mut reminder = ctx.timer(3 * DAY);
        select! {
            answered = ctx.wait_condition(|w| w.answer.is_some()) => answered?,
            _ = reminder => {
                remind::execute(ctx, guest).await?;
                let mut end = ctx.timer(27 * DAY);
                select! {
                    answered = ctx.wait_condition(|w| w.answer.is_some()) => answered?,
                    _ = end => {}
                }
            }
        }
        Ok(ctx.state(|w| w.answer))
    }

    #[signal]
    fn answer(&mut self, comes: bool) {
        self.answer = Some(comes);
    }
}

/// Would send a mail, where there is a mail server.
#[activity(start_to_close_timeout = "10s", retry_policy(initial_interval = "1h"))]
async fn remind(guest: String) -> ActivityResult<()> {
    Err(ActivityError::application(ApplicationFailure::new(format!("no mail server to remind {guest}"))))
}

#[durably::test]
async fn whoever_answers_is_not_reminded(env: &TestEnv) -> Result<(), Box<dyn std::error::Error>> {
    env.mock::<remind>(|_: String| Ok(())).never();
    env.worker().workflow::<Invitation>().start()?;
    let invitation = Invitation::start(env.client(), "Grace").await?;
    env.skip(2 * DAY).await;
    invitation.answer(true).await?;
    assert_eq!(invitation.result().await?, Some(true));
    Ok(())
}

#[durably::test]
async fn a_reminder_that_fails_is_sent_again(env: &TestEnv) -> Result<(), Box<dyn std::error::Error>> {
    let remind = env.mock::<remind>(|_: String| Ok(())).fails_once(ApplicationFailure::new("no connection")).times(2);
    env.worker().workflow::<Invitation>().start()?;
    assert_eq!(Invitation::start(env.client(), "Ada").execute().await?, None);
    assert_eq!(remind.calls(), ["Ada", "Ada"]);
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let env = TestEnv::start().await?;
    let remind = env.mock::<remind>(|_: String| Ok(()));
    env.worker().workflow::<Invitation>().start()?;

    let invitation = Invitation::start(env.client(), "Ada").await?;
    env.skip(3 * DAY).await;
    println!("day 3:  reminded {:?}", remind.calls());
    match invitation.result().await? {
        Some(comes) => println!("day 30: comes: {comes}"),
        None => println!("day 30: gave up"),
    }
    env.finish().await?;
    println!("the invitation replays");
    Ok(())
}
