//! Messages: signals and updates, from clients and between workflows.
//!
//! What one learns: a signal or an update can start the workflow it is meant for; an update is awaited until it is accepted or
//! until it has an answer; a workflow signals and cancels another one by its id.
//!
//! ```text
//! with_signal:  ["Ada"] are in `room-blue`
//! accepted:     expect(3), and the room answers later
//! with_update:  `room-blue` runs already and has 2 guests
//! external:     the doorman lets Hedy into `room-blue`
//! completed:    expect(3) = ["Ada", "Grace", "Hedy"]
//! external:     the doorman closes `room-blue`
//! result:       blue was open to 3 guests
//! ```

use durably::prelude::*;

/// A room that is open until someone cancels it.
#[workflow(task_queue = "messages")]
#[derive(Default)]
struct Room {
    guests: Vec<String>,
}

#[workflow]
impl Room {
    #[run(id = "room-{name}")]
    async fn run(ctx: &WorkflowContext<Self>, name: String) -> WorkflowResult<String> {
        ctx.cancelled().await;
        Ok(format!("{name} was open to {} guests", ctx.state(|w| w.guests.len())))
    }

    /// Someone comes in.
    #[signal]
    fn enter(&mut self, guest: String) {
        self.guests.push(guest);
    }

    /// Someone comes in, and asks how many are there now.
    #[update]
    fn welcome(&mut self, guest: String) -> usize {
        self.guests.push(guest);
        self.guests.len()
    }

    /// Answers once that many are there. Async handlers wait while the workflow goes on; they reach its state through `ctx`.
    #[update]
    async fn expect(ctx: &WorkflowContext<Self>, count: usize) -> Result<Vec<String>, ApplicationFailure> {
        let waited = ctx.wait_condition(|w| w.guests.len() >= count).await;
        waited.map_err(ApplicationFailure::non_retryable)?;
        Ok(ctx.state(|w| w.guests.clone()))
    }

    /// Who is there.
    #[query]
    fn guests(&self) -> Vec<String> {
        self.guests.clone()
    }
}

/// Lets one guest into a room, then closes it.
#[workflow(task_queue = "messages", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Doorman {
    shift_over: bool,
}

#[workflow]
impl Doorman {
    #[run(id = "doorman")]
    async fn run(ctx: &WorkflowContext<Self>, room: String, guest: String) -> WorkflowResult<()> {
        let room = Room::external(ctx, room);
        room.enter(guest).await?;
        ctx.wait_condition(|w| w.shift_over).await?;
        room.cancel().reason("closing time").await?;
        Ok(())
    }

    #[signal]
    fn go_home(&mut self) {
        self.shift_over = true;
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = durably::client().await?;
    let worker = Worker::new(&client, "messages").workflow::<Room>().workflow::<Doorman>().start()?;

    // One that an earlier run of this program may have left open.
    let _ = Room::handle(&client, "room-blue").terminate().await;

    // One call starts the workflow, unless it runs, and signals it.
    let room = Room::start(&client, "blue").with_signal(|room| room.enter("Ada")).await?;
    println!("with_signal:  {:?} are in `{}`", room.guests().await?, room.workflow_id());

    // Awaits only that the workflow has taken it.
    let expected = room.expect(3).accepted().await?;
    println!("accepted:     expect(3), and the room answers later");

    // One call starts the workflow, unless it runs, and updates it.
    let (same_room, count) = Room::start(&client, "blue").with_update(|room| room.welcome("Grace")).await?;
    println!("with_update:  `{}` runs already and has {count} guests", same_room.workflow_id());

    // From workflow to workflow.
    let doorman = Doorman::start(&client, room.workflow_id(), "Hedy").await?;
    println!("external:     the doorman lets Hedy into `{}`", room.workflow_id());
    println!("completed:    expect(3) = {:?}", expected.result().await?);
    doorman.go_home().await?;
    doorman.result().await?;
    println!("external:     the doorman closes `{}`", room.workflow_id());
    println!("result:       {}", room.result().await?);

    worker.shutdown().await?;
    Ok(())
}
