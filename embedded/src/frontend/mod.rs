//! The calls of the API: what they check, and what they do with the engine.

mod activities;
mod batch;
mod dispatch;
mod health;
mod history;
mod links;
mod namespaces;
mod options;
mod poll;
mod queries;
mod queues;
mod schedules;
mod start;
mod system;
mod tasks;
mod testing;
mod updates;
mod visibility;
mod workers;
mod workflows;

use std::{sync::Arc, time::Duration};

pub(crate) use dispatch::dispatch;
pub(crate) use health::status as health;

use crate::{
    engine::{Namespace, Shared, Token},
    refusal::Refusal,
};

/// What a call knows beside its message.
pub(crate) struct Call {
    pub(crate) shared: Arc<Shared>,
    /// How long the caller waits.
    pub(crate) deadline: Option<Duration>,
    /// Whether the caller is an SDK, which wants to see tasks that are not in the history.
    pub(crate) sdk: bool,
}

impl Call {
    /// The namespace of a request.
    ///
    /// Errors: it is not set, or there is none of this name.
    fn namespace(&self, name: &str) -> Result<Namespace, Refusal> {
        self.shared.with(|engine| engine.namespace(name).cloned())
    }

    /// The token of a task, which must be of the namespace of the request if that names one.
    ///
    /// Errors: it is none of ours, of another kind, or of another namespace.
    fn token(&self, namespace: &str, bytes: &[u8], kind: u32) -> Result<Token, Refusal> {
        let token = Token::read(bytes, kind)?;
        if !namespace.is_empty() && self.namespace(namespace)?.id != token.namespace_id {
            return Err(Refusal::invalid("Operation requested with a token from a different namespace."));
        }
        Ok(token)
    }

    /// How long a call waits that answers without news by itself after a while. A caller with little patience is not
    /// answered early: it would ask again at once.
    fn patience(&self, limit: Duration) -> Duration {
        match self.deadline {
            Some(deadline) if deadline > HURRY => deadline.saturating_sub(MARGIN).min(limit),
            Some(deadline) => deadline.min(limit),
            None => limit,
        }
    }
}

const MARGIN: Duration = Duration::from_secs(1);
const HURRY: Duration = Duration::from_secs(2);
