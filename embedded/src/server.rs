//! A server: in this process, and on a port if it is asked to.

use std::{fmt, path::PathBuf, sync::Arc, time::Duration};

use bytes::Bytes;
use tokio::task::JoinHandle;
use tonic::{Status, metadata::MetadataMap};

use crate::{
    engine::{Census, Shared, SkipRules},
    frontend::{Call, dispatch},
    limits::Limits,
    store::OpenError,
};

/// What a server begins with: the namespace `default`, time as it goes, the limits of the real service, everything in
/// memory.
///
/// ```
/// use durably_embedded::{Limits, Server};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let limits = Limits { history_events: 1000, ..Limits::default() };
/// let server = Server::builder().namespace("orders").time_skipping(true).limits(limits).start();
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a server does not run unless it is started"]
pub struct ServerBuilder<Kept = InMemory> {
    namespaces: Vec<String>,
    time_skipping: bool,
    rules: SkipRules,
    limits: Limits,
    kept: Kept,
}

/// The server forgets everything when it ends.
#[derive(Clone, Copy, Debug, Default)]
pub struct InMemory;

/// The server keeps everything in a file; see [`ServerBuilder::persist`].
#[derive(Clone, Debug)]
pub struct InFile(PathBuf);

impl Default for ServerBuilder {
    fn default() -> Self {
        Self {
            namespaces: vec!["default".to_owned()],
            time_skipping: false,
            rules: SkipRules::default(),
            limits: Limits::default(),
            kept: InMemory,
        }
    }
}

impl<Kept> ServerBuilder<Kept> {
    /// One more namespace, beside `default`.
    ///
    /// It is there whenever the server starts. So one that was deleted is there again, new and empty, once a server
    /// [with a file](ServerBuilder::persist) starts that is told of it; one that clients have registered is not.
    pub fn namespace(mut self, name: impl Into<String>) -> Self {
        self.namespaces.push(name.into());
        self
    }

    /// Whether time skips to the next timer whenever nobody has anything to do. It does not unless given.
    pub fn time_skipping(mut self, skips: bool) -> Self {
        self.time_skipping = skips;
        self
    }

    /// Whether time also skips while a task waits in a queue that no worker polls, or has polled in the last 10 seconds.
    /// It does not unless given: a worker that comes late would find that its workflows have timed out.
    pub fn skip_while_unpolled(mut self, skips: bool) -> Self {
        self.rules.while_unpolled = skips;
        self
    }

    /// Limits other than those of the real service.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
}

impl ServerBuilder {
    /// Keeps everything in this file, and goes on with what is in it. A file that is not there is made; its directory has to
    /// be there. Starting the server can fail then.
    ///
    /// Nothing is answered before it is in the file, so whatever was answered is there after a crash of the process or of
    /// the machine: namespaces and search attributes, runs with their histories, timers, activities and updates, schedules,
    /// and the time that was skipped. Tasks that workers have stay with them, and their tokens are good, until they time
    /// out. Questions are lost, and what nobody was told.
    ///
    /// One server at a time has the file. It is free when the last clone of the server is gone.
    ///
    /// ```
    /// use durably_embedded::Server;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), durably_embedded::OpenError> {
    /// # let path = std::env::temp_dir().join(format!("orders-{}.db", std::process::id()));
    /// let server = Server::builder().persist(&path).start()?;
    /// let second = Server::builder().persist(&path).start();
    /// assert!(second.unwrap_err().to_string().contains("is in use by another server"));
    /// # drop(server);
    /// # std::fs::remove_file(path).ok();
    /// # Ok(()) }
    /// ```
    pub fn persist(self, path: impl Into<PathBuf>) -> ServerBuilder<InFile> {
        let Self { namespaces, time_skipping, rules, limits, kept: InMemory } = self;
        ServerBuilder { namespaces, time_skipping, rules, limits, kept: InFile(path.into()) }
    }

    /// Starts the server, on the current tokio runtime.
    ///
    /// Panics: there is no tokio runtime.
    pub fn start(self) -> Server {
        Server::of(Arc::new(Shared::new(self.limits, &self.namespaces, self.time_skipping, self.rules)))
    }
}

impl ServerBuilder<InFile> {
    /// Starts the server, on the current tokio runtime, once it has read the file. What was due since it was written is done
    /// at once.
    ///
    /// Errors: the file is in use, is none of this server's, is damaged or of a later version, or cannot be opened. It
    /// remains as it is.
    ///
    /// Panics: there is no tokio runtime.
    pub fn start(self) -> Result<Server, OpenError> {
        let InFile(path) = self.kept;
        Ok(Server::of(Shared::open(self.limits, &self.namespaces, self.time_skipping, self.rules, &path)?))
    }
}

/// A Temporal service that runs in this process, as long as there is a clone of this.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let server = durably_embedded::Server::start();
/// # }
/// ```
#[derive(Clone)]
pub struct Server {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) shared: Arc<Shared>,
    clock: JoinHandle<()>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.clock.abort();
        self.shared.close();
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").finish_non_exhaustive()
    }
}

impl Server {
    fn of(shared: Arc<Shared>) -> Self {
        let clock = Arc::clone(&shared);
        let clock = tokio::spawn(async move { clock.run_clock().await });
        Self { inner: Arc::new(Inner { shared, clock }) }
    }

    /// A server in memory, with the namespace `default`, on the current tokio runtime.
    ///
    /// Panics: there is no tokio runtime.
    pub fn start() -> Self {
        Self::builder().start()
    }

    /// A server with other options.
    pub fn builder() -> ServerBuilder {
        ServerBuilder::default()
    }

    /// Lets time skip while this activity goes on, whose worker has left its end to somebody outside; the server cannot
    /// tell it from one that a worker is busy with. Its timeouts are among what time skips to. It counts for the attempt
    /// that goes on.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let server = durably_embedded::Server::builder().time_skipping(true).start();
    /// assert!(!server.release_activity("default", "order-1", "approval"), "there is no such activity");
    /// # }
    /// ```
    ///
    /// `false` if there is no such activity in the latest run of the workflow, or no worker has had it.
    pub fn release_activity(&self, namespace: &str, workflow_id: &str, activity_id: &str) -> bool {
        self.inner.shared.with(|engine| engine.release_activity(namespace, workflow_id, activity_id))
    }

    /// Everything that there is, counted, for tests of this crate.
    #[doc(hidden)]
    pub fn census(&self) -> Census {
        self.inner.shared.with(|engine| engine.census())
    }

    /// Answers one call of Temporal's API: the message of the request in, that of the response out. Of the metadata it
    /// looks at `grpc-timeout`, which it keeps, and at `client-name`. Dropping the future cancels the call.
    ///
    /// ```
    /// use durably_embedded::Server;
    /// use tonic::{Code, metadata::MetadataMap};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let server = Server::start();
    /// let service = "temporal.api.workflowservice.v1.WorkflowService";
    /// let info = server.call(service, "GetSystemInfo", &MetadataMap::new(), Default::default()).await;
    /// assert!(info.is_ok());
    /// let typo = server.call(service, "GetSystmInfo", &MetadataMap::new(), Default::default()).await;
    /// assert_eq!(typo.unwrap_err().code(), Code::Unimplemented);
    /// # }
    /// ```
    ///
    /// Errors: those of the API, as gRPC has them; `UNIMPLEMENTED` names the call that there is not. `UNAVAILABLE` if the
    /// server keeps what it has in a file that cannot be written any more.
    pub async fn call(
        &self,
        service: &str,
        rpc: &str,
        metadata: &MetadataMap,
        message: Bytes,
    ) -> Result<Vec<u8>, Status> {
        let text = |name: &str| metadata.get(name).and_then(|value| value.to_str().ok());
        let deadline = text("grpc-timeout").and_then(grpc_timeout);
        let sdk = !matches!(text("client-name"), None | Some("temporal-cli" | "temporal-ui"));
        let call = Call { shared: Arc::clone(&self.inner.shared), deadline, sdk };
        let answer = self.inner.shared.kept(dispatch(call, service, rpc, message));
        match deadline {
            Some(deadline) => tokio::time::timeout(deadline, answer)
                .await
                .unwrap_or_else(|_| Err(Status::deadline_exceeded("the deadline of the caller has passed"))),
            None => answer.await,
        }
    }
}

/// A timeout as gRPC writes it: digits and a unit.
fn grpc_timeout(text: &str) -> Option<Duration> {
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let count: u64 = digits.parse().ok()?;
    Some(match unit {
        "H" => Duration::from_secs(count.checked_mul(3600)?),
        "M" => Duration::from_secs(count.checked_mul(60)?),
        "S" => Duration::from_secs(count),
        "m" => Duration::from_millis(count),
        "u" => Duration::from_micros(count),
        "n" => Duration::from_nanos(count),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timeouts_have_units() {
        assert_eq!(grpc_timeout("70S"), Some(Duration::from_secs(70)));
        assert_eq!(grpc_timeout("1500m"), Some(Duration::from_millis(1500)));
        assert_eq!(grpc_timeout("2H"), Some(Duration::from_secs(7200)));
        assert_eq!(grpc_timeout(""), None);
        assert_eq!(grpc_timeout("S"), None);
        assert_eq!(grpc_timeout("12x"), None);
    }
}
