//! Written by a test: see `tests/snapshots.rs`.
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    unused_imports,
    clippy::too_many_arguments,
    clippy::result_large_err
)]
const _: () = {
    use ::durably::__::{self, ProbeDefaults as _};
    #[allow(
        missing_debug_implementations,
        missing_copy_implementations,
        non_camel_case_types
    )]
    #[doc(hidden)]
    pub struct __PaymentErrorVariants;
    #[allow(non_upper_case_globals)]
    #[doc(hidden)]
    impl __PaymentErrorVariants {
        pub const Declined: &'static str = "CardDeclined";
        pub const Busy: &'static str = "Busy";
        pub const Limit: &'static str = "Limit";
    }
    impl __::FailureNames for PaymentError {
        type Names = __PaymentErrorVariants;
    }
    impl __::Failure for PaymentError {
        const TABLE: &'static __::FailureTable = &__::FailureTable {
            rust_path: __::concat!(__::module_path!(), "::", "PaymentError"),
            docs: "Why there is no payment.",
            variants: &[
                __::FailureVariantTable {
                    name: "CardDeclined",
                    variant: "Declined",
                    docs: "The bank says no.",
                    details: &[
                        __::ArgumentTable {
                            name: "reason",
                            ty: "String",
                            optional: __::Probe::<String>::IS_OPTION,
                        },
                        __::ArgumentTable {
                            name: "code",
                            ty: "Option<u32>",
                            optional: __::Probe::<Option<u32>>::IS_OPTION,
                        },
                    ],
                    non_retryable: true,
                    next_retry_delay: __::None,
                    category: __::ApplicationErrorCategory::Unspecified,
                },
                __::FailureVariantTable {
                    name: "Busy",
                    variant: "Busy",
                    docs: "",
                    details: &[],
                    non_retryable: false,
                    next_retry_delay: __::Some(__::Duration::from_secs(30)),
                    category: __::ApplicationErrorCategory::Benign,
                },
                __::FailureVariantTable {
                    name: "Limit",
                    variant: "Limit",
                    docs: "",
                    details: &[
                        __::ArgumentTable {
                            name: "0",
                            ty: "String",
                            optional: __::Probe::<String>::IS_OPTION,
                        },
                        __::ArgumentTable {
                            name: "1",
                            ty: "Amount",
                            optional: __::Probe::<Amount>::IS_OPTION,
                        },
                    ],
                    non_retryable: false,
                    next_retry_delay: __::None,
                    category: __::ApplicationErrorCategory::Unspecified,
                },
            ],
        };
        fn place(failure: &Self) -> usize {
            match failure {
                Self::Declined { .. } => 0,
                Self::Busy { .. } => 1,
                Self::Limit { .. } => 2,
            }
        }
        fn details(failure: Self) -> __::Details {
            match failure {
                Self::Declined { reason: detail_0, code: detail_1 } => {
                    __::Details::of([
                        <String as __::Detail>::sent(detail_0),
                        <Option<u32> as __::Detail>::sent(detail_1),
                    ])
                }
                Self::Busy => __::Details::of([]),
                Self::Limit(detail_0, detail_1) => {
                    __::Details::of([
                        <String as __::Detail>::sent(detail_0),
                        <Amount as __::Detail>::sent(detail_1),
                    ])
                }
            }
        }
        fn decode(
            place: usize,
            details: &mut __::Decoder<'_>,
        ) -> __::Result<Self, __::Box<__::ArgumentError>> {
            __::Ok(
                match place {
                    0 => {
                        Self::Declined {
                            reason: <String as __::Detail>::received(details)?,
                            code: <Option<u32> as __::Detail>::received(details)?,
                        }
                    }
                    1 => Self::Busy,
                    _ => {
                        Self::Limit(
                            <String as __::Detail>::received(details)?,
                            <Amount as __::Detail>::received(details)?,
                        )
                    }
                },
            )
        }
    }
    impl __::From<PaymentError> for __::ApplicationFailure {
        fn from(failure: PaymentError) -> Self {
            __::application_failure(failure)
        }
    }
    impl __::From<PaymentError> for __::WorkflowTermination {
        fn from(failure: PaymentError) -> Self {
            __::termination(failure)
        }
    }
    impl __::Display for PaymentError {
        fn fmt(&self, f: &mut __::fmt::Formatter<'_>) -> __::fmt::Result {
            match self {
                Self::Declined { reason: detail_0, code: _ } => {
                    __::write!(f, "declined: {detail_0}")
                }
                Self::Busy => __::write!(f, "the bank is busy"),
                Self::Limit(_, detail_1) => {
                    __::write!(f, "over the limit of {detail_1:?}")
                }
            }
        }
    }
    impl __::Error for PaymentError {}
};
#[allow(clippy::result_large_err)]
async fn charge(card: String) -> Result<Receipt, PaymentError> {
    Err(PaymentError::Declined {
        reason: card,
        code: None,
    })
}
/// The activity `charge`.
#[allow(deprecated, dead_code, unreachable_pub, non_camel_case_types)]
struct charge {}
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    unused_imports,
    clippy::too_many_arguments,
    clippy::result_large_err
)]
const _: () = {
    use ::durably::__::{self, ProbeDefaults as _};
    impl charge {
        /// A call of the activity: await it for the result.
        fn execute<'__context>(
            context: &'__context impl __::Commands,
            card: impl __::IntoArgument<String>,
        ) -> __::ExecuteActivity<'__context, Self> {
            __::ExecuteActivity::new(
                context,
                (__::IntoArgument::into_argument(card), ()),
            )
        }
    }
    impl __::Activity for charge {
        const TABLE: &'static __::ActivityTable = &__::ActivityTable {
            name: "charge",
            rust_path: __::concat!(__::module_path!(), "::", "charge"),
            docs: "",
            arguments: &[
                __::ArgumentTable {
                    name: "card",
                    ty: "String",
                    optional: __::Probe::<String>::IS_OPTION,
                },
            ],
            output: "Result<Receipt, PaymentError>",
            blocking: false,
            defaults: __::ActivityDefaults {
                start_to_close_timeout: __::Some(__::Duration::from_secs(10)),
                retry_policy: __::Some(__::RetryPolicyTable {
                    non_retryable_error_types: &[
                        <<PaymentError as __::FailureNames>::Names>::Limit,
                        "Fraud",
                    ],
                    ..__::RetryPolicyTable::NONE
                }),
                ..__::ActivityDefaults::NONE
            },
        };
        type Arguments = __::Checked<(String, ()), { <String as __::Travels>::TRAVELS }>;
        type Output = __::Checked<
            <Self::Outcome as __::Outcome>::Output,
            { <<Self::Outcome as __::Outcome>::Output as __::Travels>::TRAVELS },
        >;
        type Failure = <Self::Outcome as __::Outcome>::Failure;
        type Error = <Self::Outcome as __::Outcome>::Error;
        type Outcome = __::Split<
            Result<Receipt, PaymentError>,
            { __::Probe::<Result<Receipt, PaymentError>>::IS_RESULT },
            { __::Probe::<Result<Receipt, PaymentError>>::IS_DECLARED },
        >;
        type CloseTimeout = __::Given;
        type Receiver = ();
        fn call(
            _: __::Arc<()>,
            _: __::ActivityContext,
            (card, ()): Self::Arguments,
        ) -> __::Acting<Self::Output> {
            __::asynchronous::<Self>(async move { charge(card).await })
        }
    }
};
