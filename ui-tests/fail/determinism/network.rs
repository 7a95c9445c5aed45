//! A workflow leaves the network to activities.

use std::net::TcpListener;

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let _ = std::net::TcpStream::connect("localhost:80");
        let _ = std::net::Ipv4Addr::LOCALHOST;
        let _ = TcpListener::bind("localhost:80");
        Ok(())
    }
}

fn main() {}
