use durably::prelude::*;

/// What one says to another.
#[activity(start_to_close_timeout = "10s", retry_policy(maximum_attempts = 5))]
async fn compose_greeting(host: String, name: String) -> ActivityResult<String> {
    Ok(format!("{host} greets {name}"))
}

struct Mailer {
    server: String,
}

#[activities]
impl Mailer {
    #[activity(start_to_close_timeout = "1m")]
    pub async fn send(&self, ctx: &ActivityContext, to: String) -> ActivityResult<()> {
        ctx.heartbeat(to.clone()).await?;
        Ok(deliver(&self.server, to).await?)
    }

    #[activity]
    fn count(&self) -> u64 {
        self.server.len() as u64
    }
}
