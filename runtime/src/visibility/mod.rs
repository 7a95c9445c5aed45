//! Finding workflows: lists and counts, by what the service has indexed of them.
//!
//! ```
//! # use durably::prelude::*;
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
//! # fn main() {}
//! # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
//! use durably::visibility::{count_workflows, list_workflows};
//!
//! // Of one type: what is found has typed handles.
//! let mut running = list_workflows(&client).of::<Greeting>().filter("ExecutionStatus = 'Running'");
//! while let Some(found) = running.next().await {
//!     found?.handle().close().await?;
//! }
//!
//! // Of all types.
//! let failed = list_workflows(&client).filter("ExecutionStatus = 'Failed'").limit(100).all().await?;
//!
//! let greetings = count_workflows(&client).of::<Greeting>().await?.count();
//! for group in count_workflows(&client).group_by("ExecutionStatus").await?.groups() {
//!     println!("{:?}: {}", group.get::<String>(0), group.count());
//! }
//! # Ok(()) }
//! ```
//!
//! A filter is in Temporal's [list filter](https://docs.temporal.io/list-filter) language. What has just happened takes the
//! service a moment to index.

mod count;
mod error;
mod list;
mod query;

pub use count::{CountWorkflows, count_workflows};
pub use error::VisibilityError;
pub use list::{ListWorkflows, ListedWorkflow, list_workflows};

pub use temporalio_client::{WorkflowCountAggregationGroup, WorkflowExecution, WorkflowExecutionCount};
