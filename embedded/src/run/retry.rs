//! Whether a failure is tried again, and when.

use std::time::Duration;

use super::failures::timeout_name;
use crate::{
    api::{
        Failure, FailureInfo, RetryPolicy,
        enums::{RetryState, TimeoutType},
    },
    refusal::Refusal,
    time::{self, Time},
};

const INITIAL: Duration = Duration::from_secs(1);
const COEFFICIENT: f64 = 2.0;
const MAXIMUM_FACTOR: u32 = 100;

/// The policy with the server's defaults where it says nothing.
pub(crate) fn with_defaults(policy: RetryPolicy) -> RetryPolicy {
    let initial = Some(time::duration(policy.initial_interval.as_ref())).filter(|interval| !interval.is_zero());
    let initial = initial.unwrap_or(INITIAL);
    let maximum = Some(time::duration(policy.maximum_interval.as_ref())).filter(|interval| !interval.is_zero());
    let coefficient = if policy.backoff_coefficient == 0.0 { COEFFICIENT } else { policy.backoff_coefficient };
    RetryPolicy {
        initial_interval: Some(time::proto(initial)),
        backoff_coefficient: coefficient,
        maximum_interval: Some(time::proto(maximum.unwrap_or(initial.saturating_mul(MAXIMUM_FACTOR)))),
        ..policy
    }
}

/// Refuses a policy that makes no sense.
pub(crate) fn validate(policy: &RetryPolicy) -> Result<(), Refusal> {
    let negative =
        |duration: Option<&prost_wkt_types::Duration>| duration.is_some_and(|d| d.seconds < 0 || d.nanos < 0);
    if policy.maximum_attempts < 0 {
        return Err(Refusal::invalid("MaximumAttempts cannot be negative on retry policy."));
    }
    if policy.maximum_attempts == 1 {
        return Ok(());
    }
    if negative(policy.initial_interval.as_ref()) {
        return Err(Refusal::invalid("InitialInterval cannot be negative on retry policy."));
    }
    if policy.backoff_coefficient != 0.0 && policy.backoff_coefficient < 1.0 {
        return Err(Refusal::invalid("BackoffCoefficient cannot be less than 1 on retry policy."));
    }
    if negative(policy.maximum_interval.as_ref()) {
        return Err(Refusal::invalid("MaximumInterval cannot be negative on retry policy."));
    }
    let maximum = time::duration(policy.maximum_interval.as_ref());
    if !maximum.is_zero() && maximum < time::duration(policy.initial_interval.as_ref()) {
        return Err(Refusal::invalid("MaximumInterval cannot be less than InitialInterval on retry policy."));
    }
    for kind in &policy.non_retryable_error_types {
        if let Some(name) = kind.strip_prefix(TIMEOUT_PREFIX)
            && !["StartToClose", "ScheduleToStart", "ScheduleToClose", "Heartbeat"].contains(&name)
        {
            return Err(Refusal::invalid(format!("Invalid timeout type value: {name}.")));
        }
    }
    Ok(())
}

const TIMEOUT_PREFIX: &str = "TemporalTimeout:";

/// What becomes of an attempt that has failed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Retry {
    /// There is another attempt after this time.
    After(Duration),
    /// There is none.
    No(RetryState),
}

/// Decides on the attempt after this one. `expiration` is when the last one has to be over.
pub(crate) fn decide(
    policy: Option<&RetryPolicy>,
    attempt: i32,
    failure: &Failure,
    now: Time,
    expiration: Option<Time>,
) -> Retry {
    let Some(policy) = policy else { return Retry::No(RetryState::RetryPolicyNotSet) };
    if let Some(state) = refused(policy, failure) {
        return Retry::No(state);
    }
    if policy.maximum_attempts > 0 && attempt >= policy.maximum_attempts {
        return Retry::No(RetryState::MaximumAttemptsReached);
    }
    let Some(interval) = interval(policy, attempt, failure) else { return Retry::No(RetryState::Timeout) };
    if expiration.is_some_and(|expiration| now + interval > expiration) {
        return Retry::No(RetryState::Timeout);
    }
    Retry::After(interval)
}

/// Whether this kind of failure is never tried again.
fn refused(policy: &RetryPolicy, failure: &Failure) -> Option<RetryState> {
    let listed = |name: &str| policy.non_retryable_error_types.iter().any(|kind| kind == name);
    let refused = match &failure.failure_info {
        Some(FailureInfo::ApplicationFailureInfo(info)) => info.non_retryable || listed(&info.r#type),
        Some(FailureInfo::ServerFailureInfo(info)) => info.non_retryable,
        Some(FailureInfo::CanceledFailureInfo(_) | FailureInfo::TerminatedFailureInfo(_)) => true,
        Some(FailureInfo::TimeoutFailureInfo(info)) => match info.timeout_type() {
            TimeoutType::ScheduleToStart | TimeoutType::ScheduleToClose => return Some(RetryState::Timeout),
            timeout => listed(&format!("{TIMEOUT_PREFIX}{}", timeout_name(timeout))),
        },
        _ => false,
    };
    refused.then_some(RetryState::NonRetryableFailure)
}

fn interval(policy: &RetryPolicy, attempt: i32, failure: &Failure) -> Option<Duration> {
    let maximum = time::duration(policy.maximum_interval.as_ref());
    let capped = |interval: Duration| if maximum.is_zero() { interval } else { interval.min(maximum) };
    if let Some(FailureInfo::ApplicationFailureInfo(info)) = &failure.failure_info
        && let Some(delay) = &info.next_retry_delay
    {
        return Some(capped(time::duration(Some(delay))));
    }
    let initial = time::duration(policy.initial_interval.as_ref());
    let factor = policy.backoff_coefficient.powi(attempt - 1);
    match Duration::try_from_secs_f64(initial.as_secs_f64() * factor) {
        Ok(interval) => Some(capped(interval)),
        Err(_) if maximum.is_zero() => None,
        Err(_) => Some(maximum),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::failure::ApplicationFailureInfo;

    fn application(kind: &str) -> Failure {
        let info = ApplicationFailureInfo { r#type: kind.to_owned(), ..Default::default() };
        Failure { failure_info: Some(FailureInfo::ApplicationFailureInfo(info)), ..Failure::default() }
    }

    fn after(policy: &RetryPolicy, attempt: i32) -> Retry {
        decide(Some(policy), attempt, &application("Broken"), Time::default(), None)
    }

    #[test]
    fn gaps_grow_to_the_longest() {
        let policy = with_defaults(RetryPolicy {
            maximum_interval: Some(time::proto(Duration::from_secs(3))),
            ..RetryPolicy::default()
        });
        let gaps: Vec<_> = (1..=4).map(|attempt| after(&policy, attempt)).collect();
        let seconds = [1, 2, 3, 3].map(|seconds| Retry::After(Duration::from_secs(seconds)));
        assert_eq!(gaps, seconds);
    }

    #[test]
    fn what_is_not_tried_again_says_why() {
        let policy = with_defaults(RetryPolicy {
            maximum_attempts: 2,
            non_retryable_error_types: vec!["Fatal".to_owned()],
            ..RetryPolicy::default()
        });
        assert_eq!(after(&policy, 2), Retry::No(RetryState::MaximumAttemptsReached));
        let fatal = decide(Some(&policy), 1, &application("Fatal"), Time::default(), None);
        assert_eq!(fatal, Retry::No(RetryState::NonRetryableFailure));
        let late = decide(Some(&policy), 1, &application("Broken"), Time::default(), Some(Time::from_nanos(1)));
        assert_eq!(late, Retry::No(RetryState::Timeout));
        let none = decide(None, 1, &application("Broken"), Time::default(), None);
        assert_eq!(none, Retry::No(RetryState::RetryPolicyNotSet));
    }

    #[test]
    fn senseless_policies_are_refused() {
        let negative = RetryPolicy { maximum_attempts: -1, ..RetryPolicy::default() };
        assert!(validate(&negative).is_err());
        let shrinking = RetryPolicy { backoff_coefficient: 0.5, ..RetryPolicy::default() };
        assert!(validate(&shrinking).is_err());
        assert!(validate(&RetryPolicy { maximum_attempts: 1, ..shrinking }).is_ok());
        let typo =
            RetryPolicy { non_retryable_error_types: vec!["TemporalTimeout:Soon".to_owned()], ..Default::default() };
        assert!(validate(&typo).is_err());
        assert!(validate(&with_defaults(RetryPolicy::default())).is_ok());
    }
}
