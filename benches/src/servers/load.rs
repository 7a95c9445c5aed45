//! What every service has to do.

use std::{error::Error, time::Duration};

use durably::Worker;

use super::{
    contender::Contender,
    usage::{cpu_of, own_cpu},
};
use crate::{
    hello::{Hello, greet, run_workflows},
    table::median,
};

/// Two workflow tasks and one activity.
const TASKS: f64 = 3.0;
/// Workflows before anything is measured.
const WARM_UP: usize = 100;

pub(super) struct Load {
    pub(super) workflows: usize,
    pub(super) concurrency: usize,
    pub(super) rounds: usize,
}

pub(super) struct Measured {
    pub(super) workflows_per_second: f64,
    /// Seconds, of a service in a process of its own.
    pub(super) service_cpu_per_task: Option<f64>,
    /// Seconds of service, worker and client.
    pub(super) cpu_per_workflow: f64,
}

impl Load {
    pub(super) async fn run(&self, contender: &Contender) -> Result<Measured, Box<dyn Error>> {
        let client = contender.client().await?;
        let queue = format!("servers-{}", contender.number());
        let worker = Worker::new(&client, &queue).workflow::<Hello>().activity::<greet>().start()?;
        run_workflows(&client, &queue, "warm-up", WARM_UP, self.concurrency).await?;
        let mut rounds = Vec::new();
        for round in 0..self.rounds {
            let (own, service) = (own_cpu(), contender.process().map(cpu_of).transpose()?);
            let elapsed =
                run_workflows(&client, &queue, &format!("round-{round}"), self.workflows, self.concurrency).await?;
            let own = own_cpu() - own;
            let service = match (contender.process().map(cpu_of).transpose()?, service) {
                (Some(after), Some(before)) => Some(after - before),
                _ => None,
            };
            rounds.push((elapsed, own, service));
        }
        worker.shutdown().await?;
        let count = self.workflows as f64;
        let service = |(_, _, service): &(_, _, Option<Duration>)| service.map(|cpu| cpu.as_secs_f64() / count / TASKS);
        Ok(Measured {
            workflows_per_second: median(rounds.iter().map(|(elapsed, ..)| count / elapsed.as_secs_f64())),
            service_cpu_per_task: contender.process().map(|_| median(rounds.iter().filter_map(service))),
            cpu_per_workflow: median(
                rounds.iter().map(|(_, own, service)| (*own + service.unwrap_or_default()).as_secs_f64() / count),
            ),
        })
    }
}
