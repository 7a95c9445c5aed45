//! Return types are the compiler's: aliases, other errors, no `Result` at all.

use durably::prelude::*;

type Answer<T> = Result<T, ApplicationFailure>;
type Plain = u32;

#[workflow(task_queue = "q")]
#[derive(Default)]
pub struct Outcomes;

#[workflow]
impl Outcomes {
    #[run(id = "outcomes")]
    async fn run() -> Result<String, ApplicationFailure> {
        Ok(String::new())
    }

    #[query]
    fn alias(&self) -> Answer<Plain> {
        Ok(1)
    }

    #[query]
    fn option(&self) -> Option<Plain> {
        None
    }

    #[update]
    fn formatted(&mut self) -> Result<(), std::fmt::Error> {
        Ok(())
    }

    #[update]
    fn nothing(&mut self) {}

    #[update]
    async fn boxed() -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Vec::new())
    }
}

#[workflow(task_queue = "q")]
#[derive(Default)]
pub struct Infallible;

#[workflow]
impl Infallible {
    #[run(id = "infallible")]
    async fn run() -> u32 {
        1
    }
}

pub async fn drive(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let handle = Outcomes::start(client).await?;
    let _: u32 = handle.alias().await?;
    let _: Option<u32> = handle.option().await?;
    let _: () = handle.formatted().await?;
    let _: () = handle.nothing().await?;
    let _: Vec<u8> = handle.boxed().await?;
    let _: String = handle.result().await?;
    let _: u32 = Infallible::start(client).execute().await?;
    Ok(())
}
