use temporalio_protos::temporal::api::workflow::v1::WorkflowExecutionInfo;

use super::{super::Refused, Filter, Key, Record, Store};

/// The most entries of a page, and what a request without a page size gets.
const PAGE_SIZE: usize = 1_000;

/// One answer of a list. The token is empty at the end.
pub(crate) type Page<T = WorkflowExecutionInfo> = (Vec<T>, Vec<u8>);

impl Store {
    /// One page of what the filter `query` finds, from where `token` says.
    ///
    /// Runs that neither come nor change between the pages are each found once, whatever else does. As on the real
    /// server a last page that is full has a token, for an empty one.
    ///
    /// # Errors
    /// The filter or the token is not one.
    pub(crate) fn list(&self, query: &str, page_size: i32, token: &[u8]) -> Result<Page, Refused> {
        let filter = Filter::parse(query, &self.attributes)?;
        self.infos(&filter, page_size, token)
    }

    /// [`list`](Self::list) of the records themselves.
    ///
    /// # Errors
    /// The filter or the token is not one.
    pub(crate) fn select(&self, query: &str, page_size: i32, token: &[u8]) -> Result<Page<&Record>, Refused> {
        let filter = Filter::parse(query, &self.attributes)?;
        self.page(&filter, page_size, token, |record| record)
    }

    pub(super) fn infos(&self, filter: &Filter, page_size: i32, token: &[u8]) -> Result<Page, Refused> {
        self.page(filter, page_size, token, |record| record.info(&self.attributes))
    }

    fn page<'a, T>(
        &'a self,
        filter: &Filter,
        page_size: i32,
        token: &[u8],
        entry: impl Fn(&'a Record) -> T,
    ) -> Result<Page<T>, Refused> {
        let after = match token {
            [] => None,
            token => Some(Key::from_token(token).ok_or_else(|| Refused::invalid_argument("Invalid NextPageToken."))?),
        };
        let size = match usize::try_from(page_size) {
            Ok(size @ 1..=PAGE_SIZE) => size,
            _ => PAGE_SIZE,
        };
        let found = self.find(filter, after).take(size).collect::<Vec<_>>();
        let token = found.last().filter(|_| found.len() == size).map(|(key, _)| key.token());
        Ok((found.into_iter().map(|(_, record)| entry(record)).collect(), token.unwrap_or_default()))
    }
}
