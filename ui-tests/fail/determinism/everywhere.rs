//! Every body of the impl is read, nested ones too; what was found hides nothing else.

use durably::prelude::*;

#[workflow(task_queue = "q")]
struct Greeting;

#[workflow]
impl Greeting {
    #[init]
    fn new() -> Self {
        let _ = std::time::Instant::now();
        Greeting
    }

    #[run(id = "greeting")]
    async fn run() -> WorkflowResult<()> {
        let later = async { std::time::Instant::now() };
        let _ = later.await;
        Self::helper();
        Ok(())
    }

    #[signal]
    fn close(&mut self) {
        if true {
            let _ = match std::env::var("HOME") {
                Ok(home) => home,
                Err(_) => std::env::temp_dir().display().to_string(),
            };
        }
    }

    #[query]
    fn pending(&self) -> bool {
        std::time::SystemTime::now() > std::time::UNIX_EPOCH
    }

    #[update]
    async fn rename(name: String) {
        let write = |name: &str| std::fs::write("name", name);
        let _ = write(&name);
    }

    #[update_validator(rename)]
    fn check_rename(&self, _name: &String) -> Result<(), ApplicationFailure> {
        fn now() -> std::time::Instant {
            std::time::Instant::now()
        }
        let _ = now();
        Ok(())
    }

    fn helper() {
        std::thread::sleep(Duration::from_secs(1));
    }
}

async fn drive(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let greeting = Greeting::start(client).await?;
    greeting.close().await?;
    Ok(())
}

fn main() {}
