//! Written by a test: see `tests/snapshots.rs`.
#[allow(clippy::result_large_err)]
/// What one says to another.
async fn compose_greeting(host: String, name: String) -> ActivityResult<String> {
    Ok(format!("{host} greets {name}"))
}
/// What one says to another.
#[allow(deprecated, dead_code, unreachable_pub, non_camel_case_types)]
struct compose_greeting {}
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
    impl compose_greeting {
        /// A call of the activity: await it for the result.
        fn execute<'__context>(
            context: &'__context impl __::Commands,
            host: impl __::IntoArgument<String>,
            name: impl __::IntoArgument<String>,
        ) -> __::ExecuteActivity<'__context, Self> {
            __::ExecuteActivity::new(
                context,
                (
                    __::IntoArgument::into_argument(host),
                    (__::IntoArgument::into_argument(name), ()),
                ),
            )
        }
    }
    impl __::Activity for compose_greeting {
        const TABLE: &'static __::ActivityTable = &__::ActivityTable {
            name: "compose_greeting",
            rust_path: __::concat!(__::module_path!(), "::", "compose_greeting"),
            docs: "What one says to another.",
            arguments: &[
                __::ArgumentTable {
                    name: "host",
                    ty: "String",
                    optional: __::Probe::<String>::IS_OPTION,
                },
                __::ArgumentTable {
                    name: "name",
                    ty: "String",
                    optional: __::Probe::<String>::IS_OPTION,
                },
            ],
            output: "ActivityResult<String>",
            blocking: false,
            defaults: __::ActivityDefaults {
                start_to_close_timeout: __::Some(__::Duration::from_secs(10)),
                retry_policy: __::Some(__::RetryPolicyTable {
                    maximum_attempts: __::Some(5),
                    ..__::RetryPolicyTable::NONE
                }),
                ..__::ActivityDefaults::NONE
            },
        };
        type Arguments = __::Checked<
            (String, (String, ())),
            { <String as __::Travels>::TRAVELS && <String as __::Travels>::TRAVELS },
        >;
        type Output = __::Checked<
            <Self::Outcome as __::Outcome>::Output,
            { <<Self::Outcome as __::Outcome>::Output as __::Travels>::TRAVELS },
        >;
        type Failure = <Self::Outcome as __::Outcome>::Failure;
        type Error = <Self::Outcome as __::Outcome>::Error;
        type Outcome = __::Split<
            ActivityResult<String>,
            { __::Probe::<ActivityResult<String>>::IS_RESULT },
            { __::Probe::<ActivityResult<String>>::IS_DECLARED },
        >;
        type CloseTimeout = __::Given;
        type Receiver = ();
        fn call(
            _: __::Arc<()>,
            _: __::ActivityContext,
            (host, (name, ())): Self::Arguments,
        ) -> __::Acting<Self::Output> {
            __::asynchronous::<Self>(async move { compose_greeting(host, name).await })
        }
    }
};
#[allow(clippy::result_large_err)]
impl Mailer {
    pub async fn send(&self, ctx: &ActivityContext, to: String) -> ActivityResult<()> {
        ctx.heartbeat(to.clone()).await?;
        Ok(deliver(&self.server, to).await?)
    }
    fn count(&self) -> u64 {
        self.server.len() as u64
    }
}
/// The activities of [`Mailer`], called from a workflow.
#[allow(deprecated, dead_code, unreachable_pub, non_camel_case_types)]
pub struct MailerActivities<'__context, __Context> {
    context: &'__context __Context,
}
/// An activity of [`Mailer`] that is finished from elsewhere; its method says which one it is.
#[allow(deprecated, dead_code, unreachable_pub, non_camel_case_types)]
pub struct MailerAsyncHandle {
    activity: ::durably::__::AsyncActivity,
}
::durably::__::if_testing! {
    #[doc = " The activities of [`Mailer`], to be answered by a test."]
    #[allow(deprecated, dead_code, unreachable_pub, non_camel_case_types)] pub struct
    MailerMocks < '__env > { env : & '__env::durably::__::TestEnv, } #[allow(deprecated,
    dead_code, private_interfaces, unreachable_pub, non_snake_case, unused_imports,
    clippy::too_many_arguments, clippy::result_large_err)] const _ : () = { use
    ::durably::__:: { self, ProbeDefaults as _ }; impl Mailer { #[doc =
    " The activities of `Mailer`, to be answered by this test."] pub fn mocks(env : &
    __::TestEnv) -> MailerMocks < '_ > { MailerMocks { env } } } impl MailerMocks < '_ >
    { #[doc = " The activity `send`."] #[doc = r""] #[doc =
    r" Answers its calls with this closure, which takes the arguments of the method."]
    #[track_caller] pub fn send(& self, answer : impl __::Answers < < __::Method <
    Mailer, 0 > as __::Activity > ::Arguments, Answer = __::Returned < __::Method <
    Mailer, 0 >> >) -> __::Mock < __::Method < Mailer, 0 >> { self.env.mock:: <
    __::Method < Mailer, 0 >> (answer) } #[doc = " The activity `count`."] #[doc = r""]
    #[doc =
    r" Answers its calls with this closure, which takes the arguments of the method."]
    #[track_caller] pub fn count(& self, answer : impl __::Answers < < __::Method <
    Mailer, 1 > as __::Activity > ::Arguments, Answer = __::Returned < __::Method <
    Mailer, 1 >> >) -> __::Mock < __::Method < Mailer, 1 >> { self.env.mock:: <
    __::Method < Mailer, 1 >> (answer) } } };
}
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
    impl Mailer {
        /// The activities of `Mailer`, to call from a workflow.
        pub fn activities<__Context: __::Commands>(
            context: &__Context,
        ) -> MailerActivities<'_, __Context> {
            MailerActivities { context }
        }
        /// The activity of `Mailer` that has this task token, to finish it from elsewhere; the method of the same name says which one it is.
        pub fn async_handle(
            client: &__::Client,
            task_token: impl __::Into<__::Vec<u8>>,
        ) -> MailerAsyncHandle {
            MailerAsyncHandle {
                activity: __::AsyncActivity::by_token(client, task_token),
            }
        }
        /// The activity of `Mailer` with this id of the latest run of a workflow, to finish it from elsewhere; the method of the same name says which one it is.
        pub fn async_handle_by_id(
            client: &__::Client,
            workflow_id: impl __::Into<__::String>,
            activity_id: impl __::Into<__::String>,
        ) -> MailerAsyncHandle {
            MailerAsyncHandle {
                activity: __::AsyncActivity::by_id(client, workflow_id, activity_id),
            }
        }
    }
    impl<'__context, __Context: __::Commands> MailerActivities<'__context, __Context> {
        /// The activity `send`.
        ///
        /// A call of the activity: await it for the result.
        pub fn send(
            &self,
            to: impl __::IntoArgument<String>,
        ) -> __::ExecuteActivity<'__context, __::Method<Mailer, 0>> {
            __::ExecuteActivity::new(
                self.context,
                (__::IntoArgument::into_argument(to), ()),
            )
        }
        /// The activity `count`.
        ///
        /// A call of the activity: await it for the result.
        pub fn count(&self) -> __::ExecuteActivity<'__context, __::Method<Mailer, 1>> {
            __::ExecuteActivity::new(self.context, ())
        }
    }
    impl MailerAsyncHandle {
        /// The activity `send`.
        ///
        /// A handle that finishes it: with its result, a failure, or its cancellation.
        pub fn send(&self) -> __::AsyncActivityHandle<__::Method<Mailer, 0>> {
            self.activity.handle()
        }
        /// The activity `count`.
        ///
        /// A handle that finishes it: with its result, a failure, or its cancellation.
        pub fn count(&self) -> __::AsyncActivityHandle<__::Method<Mailer, 1>> {
            self.activity.handle()
        }
    }
    impl __::ActivityMethod<0> for Mailer {
        const TABLE: &'static __::ActivityTable = &__::ActivityTable {
            name: "send",
            rust_path: __::concat!(__::module_path!(), "::", "Mailer::send"),
            docs: "",
            arguments: &[
                __::ArgumentTable {
                    name: "to",
                    ty: "String",
                    optional: __::Probe::<String>::IS_OPTION,
                },
            ],
            output: "ActivityResult<()>",
            blocking: false,
            defaults: __::ActivityDefaults {
                start_to_close_timeout: __::Some(__::Duration::from_secs(60)),
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
            ActivityResult<()>,
            { __::Probe::<ActivityResult<()>>::IS_RESULT },
            { __::Probe::<ActivityResult<()>>::IS_DECLARED },
        >;
        type CloseTimeout = __::Given;
        fn call(
            self: __::Arc<Self>,
            context: __::ActivityContext,
            (to, ()): Self::Arguments,
        ) -> __::Acting<Self::Output> {
            __::asynchronous::<
                __::Method<Self, 0>,
            >(async move { Self::send(&self, &context, to).await })
        }
    }
    impl __::ActivityMethod<1> for Mailer {
        const TABLE: &'static __::ActivityTable = &__::ActivityTable {
            name: "count",
            rust_path: __::concat!(__::module_path!(), "::", "Mailer::count"),
            docs: "",
            arguments: &[],
            output: "u64",
            blocking: true,
            defaults: __::ActivityDefaults::NONE,
        };
        type Arguments = ();
        type Output = __::Checked<
            <Self::Outcome as __::Outcome>::Output,
            { <<Self::Outcome as __::Outcome>::Output as __::Travels>::TRAVELS },
        >;
        type Failure = <Self::Outcome as __::Outcome>::Failure;
        type Error = <Self::Outcome as __::Outcome>::Error;
        type Outcome = __::Split<
            u64,
            { __::Probe::<u64>::IS_RESULT },
            { __::Probe::<u64>::IS_DECLARED },
        >;
        type CloseTimeout = __::MissingTimeout;
        fn call(
            self: __::Arc<Self>,
            _: __::ActivityContext,
            (): Self::Arguments,
        ) -> __::Acting<Self::Output> {
            __::blocking::<__::Method<Self, 1>>(move || Self::count(&self))
        }
    }
    impl __::Activities for Mailer {
        fn register(self: &__::Arc<Self>, registry: &mut __::ActivityRegistry) {
            registry.add::<__::Method<Self, 0>>(self);
            registry.add::<__::Method<Self, 1>>(self);
        }
    }
};
