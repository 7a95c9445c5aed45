//! Written by a test: see `tests/snapshots.rs`.
impl Mailer {
    pub async fn send(&self, ctx: &ActivityContext, to: String) -> ActivityResult<()> {
        todo!()
    }
    fn count(&self) -> u64 {
        todo!()
    }
}
///The activities of [`Mailer`], called from a workflow.
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
#[allow(non_camel_case_types)]
pub struct MailerActivities<'__context, __Context: ::durably::__::Commands> {
    context: &'__context __Context,
}
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
impl<
    '__context,
    __Context: ::durably::__::Commands,
> MailerActivities<'__context, __Context> {
    ///The activity `send`.
    /// A call of the activity: await it for the result.
    pub fn send(
        &self,
        to: impl ::durably::__::std::convert::Into<String>,
    ) -> ::durably::__::ExecuteActivity<
        '__context,
        ::durably::__::Method<Mailer, 0usize>,
        ::durably::__::Given,
    > {
        ::durably::__::ExecuteActivity::new(
            self.context,
            (::durably::__::std::convert::Into::into(to), ()),
        )
    }
    ///The activity `count`.
    /// A call of the activity: await it for the result.
    pub fn count(
        &self,
    ) -> ::durably::__::ExecuteActivity<
        '__context,
        ::durably::__::Method<Mailer, 1usize>,
        ::durably::__::MissingTimeout,
    > {
        ::durably::__::ExecuteActivity::new(self.context, ())
    }
}
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
impl Mailer {
    ///The activities of `Mailer`, to call from a workflow.
    pub fn activities<__Context: ::durably::__::Commands>(
        context: &__Context,
    ) -> MailerActivities<'_, __Context> {
        MailerActivities { context }
    }
}
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
impl ::durably::__::ActivityMethod<0usize> for Mailer {
    const TABLE: &'static ::durably::__::ActivityTable = &::durably::__::ActivityTable {
        name: "send",
        rust_path: ::durably::__::std::concat!(
            ::durably::__::std::module_path!(), "::", "Mailer::send"
        ),
        docs: "",
        arguments: &[
            ::durably::__::ArgumentTable {
                name: "to",
                ty: "String",
                optional: {
                    use ::durably::__::ProbeDefaults as _;
                    <::durably::__::Probe<String>>::IS_OPTION
                },
            },
        ],
        output: "ActivityResult<()>",
        blocking: false,
        defaults: ::durably::__::ActivityDefaults {
            schedule_to_close_timeout: ::durably::__::std::option::Option::None,
            schedule_to_start_timeout: ::durably::__::std::option::Option::None,
            start_to_close_timeout: ::durably::__::std::option::Option::Some(
                ::durably::__::std::time::Duration::from_secs(60u64),
            ),
            heartbeat_timeout: ::durably::__::std::option::Option::None,
            retry_policy: ::durably::__::std::option::Option::None,
            task_queue: ::durably::__::std::option::Option::None,
        },
    };
    type Arguments = (::durably::__::Argument<String>, ());
    type Output = <Self::Outcome as ::durably::__::Outcome>::Output;
    type Failure = <Self::Outcome as ::durably::__::Outcome>::Failure;
    type Outcome = ::durably::__::Returns<
        ActivityResult<()>,
        {
            use ::durably::__::ProbeDefaults as _;
            <::durably::__::Probe<ActivityResult<()>>>::IS_RESULT
        },
    >;
    type CloseTimeout = ::durably::__::Given;
    fn call(
        self: ::durably::__::std::sync::Arc<Self>,
        context: ::durably::__::ActivityContext,
        (to, ()): Self::Arguments,
    ) -> ::durably::__::BoxFuture<
        'static,
        ::durably::__::std::result::Result<Self::Output, ::durably::__::ActivityError>,
    > {
        ::durably::__::asynchronous::<
            Self::Outcome,
        >(async move { Self::send(&self, &context, to).await })
    }
}
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
impl ::durably::__::ActivityMethod<1usize> for Mailer {
    const TABLE: &'static ::durably::__::ActivityTable = &::durably::__::ActivityTable {
        name: "count",
        rust_path: ::durably::__::std::concat!(
            ::durably::__::std::module_path!(), "::", "Mailer::count"
        ),
        docs: "",
        arguments: &[],
        output: "u64",
        blocking: true,
        defaults: ::durably::__::ActivityDefaults {
            schedule_to_close_timeout: ::durably::__::std::option::Option::None,
            schedule_to_start_timeout: ::durably::__::std::option::Option::None,
            start_to_close_timeout: ::durably::__::std::option::Option::None,
            heartbeat_timeout: ::durably::__::std::option::Option::None,
            retry_policy: ::durably::__::std::option::Option::None,
            task_queue: ::durably::__::std::option::Option::None,
        },
    };
    type Arguments = ();
    type Output = <Self::Outcome as ::durably::__::Outcome>::Output;
    type Failure = <Self::Outcome as ::durably::__::Outcome>::Failure;
    type Outcome = ::durably::__::Returns<
        u64,
        {
            use ::durably::__::ProbeDefaults as _;
            <::durably::__::Probe<u64>>::IS_RESULT
        },
    >;
    type CloseTimeout = ::durably::__::MissingTimeout;
    fn call(
        self: ::durably::__::std::sync::Arc<Self>,
        _: ::durably::__::ActivityContext,
        (): Self::Arguments,
    ) -> ::durably::__::BoxFuture<
        'static,
        ::durably::__::std::result::Result<Self::Output, ::durably::__::ActivityError>,
    > {
        ::durably::__::blocking::<Self::Outcome>(move || Self::count(&self))
    }
}
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
impl ::durably::__::Activities for Mailer {
    fn register(
        self: &::durably::__::std::sync::Arc<Self>,
        registry: &mut ::durably::__::ActivityRegistry,
    ) {
        registry.add::<::durably::__::Method<Self, 0usize>>(self);
        registry.add::<::durably::__::Method<Self, 1usize>>(self);
    }
}
