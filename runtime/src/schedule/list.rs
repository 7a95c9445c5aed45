//! All schedules.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use futures_util::Stream;
use temporalio_client::{
    Client,
    schedules::{ListSchedulesOptions, ListSchedulesStream, ScheduleError, ScheduleSummary},
};

/// All schedules of the client's namespace, as a stream that fetches page by page. What was just created may take a moment to
/// appear.
pub fn list_schedules(client: &Client) -> ListSchedules {
    ListSchedules { client: client.clone(), options: ListSchedulesOptions::builder().build(), stream: None }
}

/// The schedules that a list filter matches, such as `` `SchedulePaused` = true ``.
pub fn find_schedules(client: &Client, filter: impl Into<String>) -> ListSchedules {
    let mut list = list_schedules(client);
    list.options.query = filter.into();
    list
}

/// Schedules, as a stream that fetches page by page; polled first, it asks for the first page.
#[must_use = "nothing is listed unless the stream is polled"]
pub struct ListSchedules {
    client: Client,
    options: ListSchedulesOptions,
    stream: Option<ListSchedulesStream>,
}

impl ListSchedules {
    /// How many the server may give at once. It decides unless given.
    pub fn page_size(mut self, size: u32) -> Self {
        self.options.maximum_page_size = i32::try_from(size).unwrap_or(i32::MAX);
        self
    }
}

impl Stream for ListSchedules {
    type Item = Result<ScheduleSummary, ScheduleError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { client, options, stream } = &mut *self;
        let stream = stream.get_or_insert_with(|| client.list_schedules(options.clone()));
        Pin::new(stream).poll_next(cx)
    }
}
