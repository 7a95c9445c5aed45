//! What the attributes say of a workflow and of activities, as constant data.

use durably::{
    Workflow as _, WorkflowIdConflictPolicy, WorkflowIdReusePolicy, WorkflowType as _,
    prelude::*,
    table::{ArgumentTable, HandlerTable},
};

/// Ships an order.
///
/// In more than one line.
#[workflow(
    name = "shop.Shipping",
    task_queue = "shipping",
    execution_timeout = "1h30m",
    retry_policy(initial_interval = "500ms", maximum_attempts = 3, non_retryable_error_types("Sunk")),
    id_reuse_policy = AllowDuplicateFailedOnly,
    id_conflict_policy = TerminateExisting,
    cron_schedule = "0 * * * *",
)]
#[derive(Default)]
struct Shipping;

type Perhaps<T> = Option<T>;

#[workflow(rename_all = "kebab-case")]
impl Shipping {
    /// Runs until it is there.
    #[run(id = "shipping-{order}")]
    async fn run(_ctx: &WorkflowContext<Self>, order: u64, note: Perhaps<String>) -> WorkflowResult<Vec<(u8, String)>> {
        let _ = (order, note);
        Ok(vec![])
    }

    /// Tells another address.
    #[signal]
    fn change_address(&mut self, _address: String, _floor: Option<i8>) {}

    #[signal(name = "Lost")]
    async fn lost(_ctx: &WorkflowContext<Self>) {}

    /// Anything else.
    #[signal(dynamic)]
    fn other(&mut self, _name: String, _args: RawValue) {}

    #[query]
    fn r#where(&self, _ctx: &WorkflowContextView) -> Result<[u8; 4], ApplicationFailure> {
        Ok([0; 4])
    }

    #[update]
    fn speed_up(&mut self) {}

    #[update]
    async fn slow_down(_days: u8) -> bool {
        true
    }

    #[update_validator(slow_down)]
    fn check_slow_down(&self, _days: &u8) -> Result<(), ApplicationFailure> {
        Ok(())
    }

    #[cfg(any())]
    #[signal]
    fn of_another_platform(&mut self, handle: NoSuchType) {}

    #[cfg(any())]
    #[query]
    fn of_another_platform_too(&self) -> NoSuchType {
        NoSuchType
    }

    #[cfg(any())]
    #[update(name = "Lost")]
    fn of_another_platform_as_well(&mut self, handle: NoSuchType) {}

    #[cfg(not(any()))]
    #[query]
    fn of_this_platform(&self) -> u8 {
        1
    }
}

fn names(handlers: &[HandlerTable]) -> Vec<(Option<&str>, &str)> {
    handlers.iter().map(|handler| (handler.name, handler.method)).collect()
}

fn arguments(arguments: &[ArgumentTable]) -> Vec<(&str, &str, bool)> {
    arguments.iter().map(|argument| (argument.name, argument.ty, argument.optional)).collect()
}

#[test]
fn a_workflow_type_has_its_name_docs_and_defaults() {
    let table = Shipping::TYPE;
    assert_eq!(table.name, "shop.Shipping");
    assert_eq!(table.rust_path, concat!(module_path!(), "::Shipping"));
    assert_eq!(table.docs, "Ships an order.\n\nIn more than one line.");
    let defaults = &table.defaults;
    assert_eq!(defaults.task_queue, Some("shipping"));
    assert_eq!(defaults.execution_timeout, Some(Duration::from_secs(5400)));
    assert_eq!((defaults.run_timeout, defaults.task_timeout), (None, None));
    assert_eq!(defaults.id_reuse_policy, WorkflowIdReusePolicy::AllowDuplicateFailedOnly);
    assert_eq!(defaults.id_conflict_policy, WorkflowIdConflictPolicy::TerminateExisting);
    assert_eq!(defaults.cron_schedule, Some("0 * * * *"));
    let retry = defaults.retry_policy.as_ref().unwrap();
    assert_eq!(retry.initial_interval, Some(Duration::from_millis(500)));
    assert_eq!((retry.backoff_coefficient, retry.maximum_interval), (None, None));
    assert_eq!((retry.maximum_attempts, retry.non_retryable_error_types), (Some(3), &["Sunk"][..]));
}

#[test]
fn a_run_method_has_the_arguments_of_the_workflow() {
    let table = Shipping::TABLE;
    assert!(std::ptr::eq(table.workflow, Shipping::TYPE));
    assert_eq!((table.run.name, table.run.method), (None, "run"));
    assert_eq!(table.run.docs, "Runs until it is there.");
    assert_eq!(table.run.output, "WorkflowResult<Vec<(u8, String)>>");
    let expected = [("order", "u64", false), ("note", "Perhaps<String>", true)];
    assert_eq!(arguments(table.run.arguments), expected, "an alias of an Option is optional too");
}

#[test]
fn handlers_are_listed_in_source_order_without_those_of_other_platforms() {
    let table = Shipping::TABLE;
    let signals = [(Some("change-address"), "change_address"), (Some("Lost"), "lost"), (None, "other")];
    assert_eq!(names(table.signals), signals);
    assert_eq!(names(table.queries), [(Some("where"), "where"), (Some("of-this-platform"), "of_this_platform")]);
    assert_eq!(names(table.updates), [(Some("speed-up"), "speed_up"), (Some("slow-down"), "slow_down")]);
}

#[test]
fn handlers_have_arguments_outputs_docs_and_validators() {
    let table = Shipping::TABLE;
    let [change_address, lost, other] = table.signals else { panic!("{:?}", table.signals) };
    let expected = [("_address", "String", false), ("_floor", "Option<i8>", true)];
    assert_eq!(arguments(change_address.arguments), expected);
    assert_eq!((change_address.docs, change_address.output), ("Tells another address.", "()"));
    assert_eq!((lost.docs, lost.arguments.len()), ("", 0), "a context is no argument");
    assert_eq!(other.docs, "Anything else.");
    assert_eq!(table.queries[0].output, "Result<[u8; 4], ApplicationFailure>");
    let validated: Vec<_> = table.updates.iter().map(|update| (update.validated, update.output)).collect();
    assert_eq!(validated, [(false, "()"), (true, "bool")]);
}

/// Charges a card.
#[activity(
    name = "Charge",
    task_queue = "payments",
    schedule_to_close_timeout = "1h",
    schedule_to_start_timeout = "5m",
    start_to_close_timeout = "10s",
    heartbeat_timeout = "2s500ms",
    retry_policy(backoff_coefficient = 1.5, maximum_interval = "1m")
)]
async fn charge(_ctx: &ActivityContext, card: String, cents: Option<u64>) -> ActivityResult<String> {
    Ok(format!("{card} {cents:?}"))
}

#[activity]
fn count(numbers: Vec<u8>) -> usize {
    numbers.len()
}

struct Mailer;

#[activities(rename_all = "PascalCase")]
impl Mailer {
    /// Sends a mail.
    #[activity]
    async fn send_mail(&self, _to: String) -> ActivityResult<()> {
        Ok(())
    }
}

#[test]
fn an_activity_has_its_name_arguments_and_defaults() {
    let table = charge::TABLE;
    assert_eq!((table.name, table.docs), ("Charge", "Charges a card."));
    assert_eq!(table.rust_path, concat!(module_path!(), "::charge"));
    assert_eq!(arguments(table.arguments), [("card", "String", false), ("cents", "Option<u64>", true)]);
    assert_eq!((table.output, table.blocking), ("ActivityResult<String>", false));
    let defaults = &table.defaults;
    assert_eq!(defaults.task_queue, Some("payments"));
    assert_eq!(defaults.schedule_to_close_timeout, Some(Duration::from_secs(3600)));
    assert_eq!(defaults.schedule_to_start_timeout, Some(Duration::from_secs(300)));
    assert_eq!(defaults.start_to_close_timeout, Some(Duration::from_secs(10)));
    assert_eq!(defaults.heartbeat_timeout, Some(Duration::from_millis(2500)));
    let retry = defaults.retry_policy.as_ref().unwrap();
    assert_eq!((retry.backoff_coefficient, retry.maximum_interval), (Some(1.5), Some(Duration::from_secs(60))));
    assert_eq!((retry.initial_interval, retry.maximum_attempts), (None, None));
}

#[test]
fn a_plain_function_blocks_and_leaves_the_rest_to_the_server() {
    let table = count::TABLE;
    assert_eq!((table.name, table.output, table.blocking), ("count", "usize", true));
    let defaults = &table.defaults;
    assert!(defaults.start_to_close_timeout.is_none() && defaults.retry_policy.is_none());
    assert!(defaults.task_queue.is_none());
}

#[tokio::test]
async fn the_functions_themselves_are_as_before() {
    assert_eq!(count(vec![1, 2]), 2);
    Mailer.send_mail("Ada".into()).await.unwrap();
}
