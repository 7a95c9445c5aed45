//! What is said of a failure, for those who read it.

use durably::{
    Activity, ApplicationErrorCategory, FailureType, Workflow, failure_type,
    prelude::{ApplicationFailure, Duration, Failure, WorkflowFailed, workflow},
    table::FailureTable,
};

use super::{PaymentError, charge};

/// With names in a case of their own, and messages by hand.
#[derive(Debug, thiserror::Error, Failure)]
#[failure(rename_all = "SCREAMING_SNAKE_CASE")]
enum Shipping {
    #[error("the road is closed")]
    RoadClosed,
    #[error("lost in {0}")]
    #[failure(name = "gone")]
    Lost(String),
}

/// Fails in one way.
#[derive(Debug, Failure)]
#[failure(name = "Refused", message = "refused for {r#type} {{}}")]
struct Refusal {
    r#type: String,
}

type Sent<T> = Result<T, WorkflowFailed<Shipping>>;

#[workflow]
#[derive(Default)]
struct Parcel;

#[workflow]
impl Parcel {
    #[run]
    async fn run() -> Sent<()> {
        Err(Shipping::RoadClosed.into())
    }
}

fn declared<F: FailureType>() -> Option<&'static FailureTable> {
    F::DECLARED
}

#[test]
fn the_table_says_all_there_is() {
    let [declined, busy, limit] = PaymentError::TABLE.variants else { panic!("{:?}", PaymentError::TABLE) };
    assert_eq!((declined.name, declined.variant, declined.docs), ("CardDeclined", "Declined", "The bank says no."));
    assert!(declined.non_retryable && !busy.non_retryable);
    let details: Vec<_> = declined.details.iter().map(|detail| (detail.name, detail.ty, detail.optional)).collect();
    assert_eq!(details, [("reason", "String", false), ("code", "u32", false), ("hint", "Option<String>", true)]);
    assert_eq!(busy.next_retry_delay, Some(Duration::from_millis(10)));
    assert_eq!(busy.category, ApplicationErrorCategory::Benign);
    assert_eq!((limit.name, limit.details[0].name, limit.details[0].ty), ("Limit", "0", "Amount"));
    assert!(PaymentError::TABLE.rust_path.ends_with("failures::PaymentError"));
    assert_eq!(PaymentError::TABLE.docs, "Why there is no payment.");
}

#[test]
fn names_are_given_or_put_into_a_case() {
    assert_eq!(failure_type!(Shipping::RoadClosed), "ROAD_CLOSED");
    assert_eq!(failure_type!(self::Shipping::Lost), "gone");
    assert_eq!(failure_type!(crate::failures::PaymentError::Declined), "CardDeclined");
    assert_eq!(failure_type!(Refusal), "Refused");
}

#[test]
fn what_is_declared_is_known_by_its_type() {
    let table = declared::<<charge as Activity>::Failure>().unwrap();
    assert_eq!(table.rust_path, PaymentError::TABLE.rust_path);
    assert_eq!(declared::<<Parcel as Workflow>::Failure>().unwrap().variants[0].name, "ROAD_CLOSED");
    assert!(declared::<durably::Undeclared>().is_none());
}

#[test]
fn messages_are_written_by_the_derive_or_by_hand() {
    assert_eq!(PaymentError::Busy.to_string(), "the bank is busy");
    let refusal = Refusal { r#type: "good".into() };
    assert_eq!(refusal.to_string(), "refused for good {}");
    let failure = ApplicationFailure::from(refusal);
    assert_eq!((failure.to_string().as_str(), failure.type_name()), ("refused for good {}", Some("Refused")));
    let failure = ApplicationFailure::from(Shipping::Lost("a canal".into()));
    assert_eq!((failure.to_string().as_str(), failure.type_name()), ("lost in a canal", Some("gone")));
}
