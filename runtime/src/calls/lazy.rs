//! A request that becomes a future when it is polled first.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use futures_util::future::BoxFuture;

pub(crate) enum Lazy<R, T> {
    Request(Option<Box<R>>),
    Running(BoxFuture<'static, T>),
}

impl<R, T> Lazy<R, T> {
    pub(crate) fn new(request: R) -> Self {
        Self::Request(Some(Box::new(request)))
    }

    /// Changes the request, as long as it has not been sent.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut R)) -> Self {
        if let Self::Request(Some(request)) = &mut self {
            change(request);
        }
        self
    }

    /// Takes the request out, to make another call of it.
    pub(crate) fn into_request(self) -> Option<R> {
        match self {
            Self::Request(request) => request.map(|request| *request),
            Self::Running(_) => None,
        }
    }

    pub(crate) fn poll(&mut self, cx: &mut Context<'_>, send: impl FnOnce(R) -> BoxFuture<'static, T>) -> Poll<T> {
        if let Self::Request(request) = self
            && let Some(request) = request.take()
        {
            *self = Self::Running(send(*request));
        }
        match self {
            Self::Running(future) => Pin::new(future).poll(cx),
            // `send` panicked; there is nothing to wait for.
            Self::Request(_) => Poll::Pending,
        }
    }
}
