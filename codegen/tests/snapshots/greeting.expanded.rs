//! Written by a test: see `tests/snapshots.rs`.
#[derive(Default)]
pub struct Greeting {
    pending: VecDeque<String>,
    closed: bool,
}
/// A [`Greeting`] workflow as a client sees it.
#[allow(deprecated, dead_code, private_interfaces, unreachable_pub)]
#[derive(::durably::__::Clone, ::durably::__::Debug)]
pub struct GreetingHandle(::durably::__::WorkflowHandle<Greeting>);
/// A [`Greeting`] workflow that a workflow has started as a child.
#[allow(deprecated, dead_code, private_interfaces, unreachable_pub)]
#[derive(::durably::__::Debug)]
pub struct GreetingChild(::durably::__::ChildHandle<Greeting>);
/// A [`Greeting`] workflow as another workflow sees it.
#[allow(deprecated, dead_code, private_interfaces, unreachable_pub)]
#[derive(::durably::__::Clone, ::durably::__::Debug)]
pub struct GreetingExternal(::durably::__::ExternalHandle<Greeting>);
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
    impl __::WorkflowType for Greeting {
        const TYPE: &'static __::WorkflowTypeTable = &__::WorkflowTypeTable {
            name: "Greeting",
            rust_path: __::concat!(__::module_path!(), "::", "Greeting"),
            docs: "",
            defaults: __::WorkflowDefaults {
                task_queue: __::Some("greetings"),
                ..__::WorkflowDefaults::NONE
            },
        };
        type TaskQueue = __::Given;
        type Handle = GreetingHandle;
        type Child = GreetingChild;
        type External = GreetingExternal;
    }
    impl __::From<__::WorkflowHandle<Greeting>> for GreetingHandle {
        fn from(inner: __::WorkflowHandle<Greeting>) -> Self {
            Self(inner)
        }
    }
    impl __::From<GreetingHandle> for __::WorkflowHandle<Greeting> {
        fn from(outer: GreetingHandle) -> Self {
            outer.0
        }
    }
    impl __::Deref for GreetingHandle {
        type Target = __::WorkflowHandle<Greeting>;
        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }
    impl __::From<__::ChildHandle<Greeting>> for GreetingChild {
        fn from(inner: __::ChildHandle<Greeting>) -> Self {
            Self(inner)
        }
    }
    impl __::From<GreetingChild> for __::ChildHandle<Greeting> {
        fn from(outer: GreetingChild) -> Self {
            outer.0
        }
    }
    impl __::Deref for GreetingChild {
        type Target = __::ChildHandle<Greeting>;
        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }
    impl __::From<__::ExternalHandle<Greeting>> for GreetingExternal {
        fn from(inner: __::ExternalHandle<Greeting>) -> Self {
            Self(inner)
        }
    }
    impl __::From<GreetingExternal> for __::ExternalHandle<Greeting> {
        fn from(outer: GreetingExternal) -> Self {
            outer.0
        }
    }
    impl __::Deref for GreetingExternal {
        type Target = __::ExternalHandle<Greeting>;
        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }
};
#[allow(clippy::result_large_err)]
impl Greeting {
    async fn run(
        ctx: &WorkflowContext<Self>,
        host: String,
    ) -> WorkflowResult<Vec<String>> {
        ctx.wait_condition(|w| w.closed).await?;
        Ok(
            ctx
                .state(|w| {
                    w
                        .pending
                        .iter()
                        .map(|name| format!("{host} greets {name}"))
                        .collect()
                }),
        )
    }
    /// Puts a name on the list.
    fn submit_greeting(&mut self, name: String) {
        self.pending.push_back(name);
    }
    fn close(&mut self) {
        self.closed = true;
    }
    fn pending(&self) -> usize {
        self.pending.len()
    }
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
    impl Greeting {
        /// Starts the workflow: await it for a handle, or call `.execute()` for the result.
        pub fn start(
            client: &__::Client,
            host: impl __::IntoArgument<String>,
        ) -> __::Start<Self> {
            __::Start::new(client, Self::arguments(host))
        }
        /// The workflow with this id, started before or elsewhere.
        pub fn handle(
            client: &__::Client,
            workflow_id: impl __::IntoArgument<__::String>,
        ) -> GreetingHandle {
            __::From::from(
                __::WorkflowHandle::<
                    Self,
                >::by_id(
                    client,
                    __::IntoArgument::<__::String>::into_argument(workflow_id),
                ),
            )
        }
        /// Starts the workflow as a child of another: await it for a handle, or call `.execute()` for the result.
        pub fn child<'__context>(
            context: &'__context impl __::Commands,
            host: impl __::IntoArgument<String>,
        ) -> __::StartChild<'__context, Self> {
            __::StartChild::new(context, Self::arguments(host))
        }
        /// The running workflow with this id, to signal or cancel from another workflow.
        pub fn external(
            context: &impl __::Commands,
            workflow_id: impl __::IntoArgument<__::String>,
        ) -> GreetingExternal {
            __::From::from(
                __::ExternalHandle::<
                    Self,
                >::by_id(
                    context,
                    __::IntoArgument::<__::String>::into_argument(workflow_id),
                ),
            )
        }
        /// A schedule that starts the workflow by the clock: say when, then call `.create()`.
        pub fn schedule(
            client: &__::Client,
            schedule_id: impl __::IntoArgument<__::String>,
            host: impl __::IntoArgument<String>,
        ) -> __::CreateSchedule<Self> {
            __::CreateSchedule::new(
                client,
                __::IntoArgument::<__::String>::into_argument(schedule_id),
                Self::arguments(host),
            )
        }
        /// The schedule with this id, which starts this workflow.
        pub fn schedule_handle(
            client: &__::Client,
            schedule_id: impl __::IntoArgument<__::String>,
        ) -> __::ScheduleHandle<Self> {
            __::ScheduleHandle::by_id(
                client,
                __::IntoArgument::<__::String>::into_argument(schedule_id),
            )
        }
        /// Ends the run of a workflow and goes on as this one: return what awaiting gives.
        pub fn continue_as_new<'__context, __Current: __::Workflow>(
            context: &'__context __::WorkflowContext<__Current>,
            host: impl __::IntoArgument<String>,
        ) -> __::ContinueAsNew<'__context, __Current> {
            __::ContinueAsNew::new(context, Self::arguments(host))
        }
        /// The arguments of a start, for whatever takes them without starting: the change of a schedule.
        pub fn arguments(host: impl __::IntoArgument<String>) -> __::RunInput<Self> {
            __::RunInput::new((__::IntoArgument::into_argument(host), ()))
        }
    }
    impl GreetingHandle {
        /// Puts a name on the list.
        pub fn submit_greeting(
            &self,
            name: impl __::IntoArgument<String>,
        ) -> __::Signal<Greeting> {
            __::Signal::new::<0>(self, (__::IntoArgument::into_argument(name), ()))
        }
        /// Signal `exit`.
        pub fn close(&self) -> __::Signal<Greeting> {
            __::Signal::new::<1>(self, ())
        }
        /// Query `pending`.
        pub fn pending(
            &self,
        ) -> __::Query<Greeting, <Greeting as __::QueryMethod<0>>::Output> {
            __::Query::new::<0>(self, ())
        }
    }
    impl GreetingChild {
        /// Waits for the child to end and gives its result.
        pub fn result(self) -> __::ChildResult<Greeting> {
            <__::ChildHandle<Greeting> as __::From<Self>>::from(self).result()
        }
        /// Puts a name on the list.
        pub fn submit_greeting(
            &self,
            name: impl __::IntoArgument<String>,
        ) -> __::SignalWorkflow {
            self.signal::<0>((__::IntoArgument::into_argument(name), ()))
        }
        /// Signal `exit`.
        pub fn close(&self) -> __::SignalWorkflow {
            self.signal::<1>(())
        }
    }
    impl GreetingExternal {
        /// Puts a name on the list.
        pub fn submit_greeting(
            &self,
            name: impl __::IntoArgument<String>,
        ) -> __::SignalWorkflow {
            self.signal::<0>((__::IntoArgument::into_argument(name), ()))
        }
        /// Signal `exit`.
        pub fn close(&self) -> __::SignalWorkflow {
            self.signal::<1>(())
        }
    }
    impl __::Workflow for Greeting {
        const TABLE: &'static __::WorkflowTable = &__::WorkflowTable {
            workflow: <Self as __::WorkflowType>::TYPE,
            run: __::HandlerTable {
                name: __::None,
                method: "run",
                arguments: &[
                    __::ArgumentTable {
                        name: "host",
                        ty: "String",
                        optional: __::Probe::<String>::IS_OPTION,
                    },
                ],
                output: "WorkflowResult<Vec<String>>",
                docs: "",
                validated: false,
            },
            signals: &[
                <Self as __::SignalMethod<0>>::TABLE,
                <Self as __::SignalMethod<1>>::TABLE,
            ],
            queries: &[<Self as __::QueryMethod<0>>::TABLE],
            updates: &[],
        };
        type Arguments = __::Checked<(String, ()), { <String as __::Travels>::TRAVELS }>;
        type Output = __::Checked<
            <Self::Outcome as __::Outcome>::Output,
            { <<Self::Outcome as __::Outcome>::Output as __::Travels>::TRAVELS },
        >;
        type Failure = <Self::Outcome as __::Outcome>::Failure;
        type Error = <Self::Outcome as __::Outcome>::Error;
        type Outcome = __::Split<
            WorkflowResult<Vec<String>>,
            { __::Probe::<WorkflowResult<Vec<String>>>::IS_RESULT },
            { __::Probe::<WorkflowResult<Vec<String>>>::IS_DECLARED },
        >;
        type Id = __::Given;
        fn id_of((host, ()): &Self::Arguments) -> __::Option<__::String> {
            __::Some(__::format!("greeting-{}", host))
        }
        const SIGNALS: &'static [&'static dyn __::SignalHandler<Self>] = &[
            &__::Handler::<0>,
            &__::Handler::<1>,
        ];
        const QUERIES: &'static [&'static dyn __::QueryHandler<Self>] = &[
            &__::Handler::<0>,
        ];
        const UPDATES: &'static [&'static dyn __::UpdateHandler<Self>] = &[];
    }
    impl __::SignalMethod<0> for Greeting {
        const TABLE: __::HandlerTable = __::HandlerTable {
            name: __::Some("submit_greeting"),
            method: "submit_greeting",
            arguments: &[
                __::ArgumentTable {
                    name: "name",
                    ty: "String",
                    optional: __::Probe::<String>::IS_OPTION,
                },
            ],
            output: "()",
            docs: "Puts a name on the list.",
            validated: false,
        };
        type Arguments = __::Checked<(String, ()), { <String as __::Travels>::TRAVELS }>;
        fn call(
            context: __::WorkflowContext<Self>,
            (name, ()): Self::Arguments,
        ) -> __::Calling<()> {
            __::call_sync(
                context,
                move |workflow: &mut Self, _| Self::submit_greeting(workflow, name),
            )
        }
    }
    impl __::SignalMethod<1> for Greeting {
        const TABLE: __::HandlerTable = __::HandlerTable {
            name: __::Some("exit"),
            method: "close",
            arguments: &[],
            output: "()",
            docs: "",
            validated: false,
        };
        type Arguments = ();
        fn call(
            context: __::WorkflowContext<Self>,
            (): Self::Arguments,
        ) -> __::Calling<()> {
            __::call_sync(context, move |workflow: &mut Self, _| Self::close(workflow))
        }
    }
    impl __::QueryMethod<0> for Greeting {
        const TABLE: __::HandlerTable = __::HandlerTable {
            name: __::Some("pending"),
            method: "pending",
            arguments: &[],
            output: "usize",
            docs: "",
            validated: false,
        };
        type Arguments = ();
        type Output = __::Checked<
            <Self::Outcome as __::Outcome>::Output,
            { <<Self::Outcome as __::Outcome>::Output as __::Travels>::TRAVELS },
        >;
        type Failure = <Self::Outcome as __::Outcome>::Failure;
        type Error = <Self::Outcome as __::Outcome>::Error;
        type Outcome = __::Split<
            usize,
            { __::Probe::<usize>::IS_RESULT },
            { __::Probe::<usize>::IS_DECLARED },
        >;
        fn call(
            &self,
            _: &__::WorkflowContextView,
            (): Self::Arguments,
        ) -> <Self::Outcome as __::Outcome>::Returned {
            Self::pending(self)
        }
    }
    impl __::ExecutableSyncSignal<__::SyncHandler<Self>> for Greeting {
        fn handle(
            &mut self,
            context: &mut __::SyncWorkflowContext<Self>,
            input: __::SyncCall<Self>,
        ) {
            input.call(self, context);
        }
    }
    impl __::WorkflowImplementation for Greeting {
        type Run = __::WorkflowOf<Self>;
        const HAS_INIT: bool = false;
        const INIT_TAKES_INPUT: bool = false;
        fn name() -> &'static str {
            <Self as __::WorkflowType>::TYPE.name
        }
        fn definition() -> __::WorkflowDefinitionDescriptor {
            __::definition::<Self>()
        }
        fn init(_: __::WorkflowContextView, _: __::Option<__::RunInput<Self>>) -> Self {
            __::default_state::<Self>()
        }
        fn run(
            context: __::WorkflowContext<Self>,
            input: __::Option<__::RunInput<Self>>,
        ) -> __::Running {
            __::run(
                context,
                input,
                |context, (host, ())| __::Box::pin(async move {
                    Self::run(&context, host).await
                }),
            )
        }
        fn decode_signal_input(
            name: &str,
            payloads: __::Payloads,
            converter: &__::PayloadConverter,
        ) -> __::Decoded {
            __::decode_signal::<Self>(name, payloads, converter)
        }
        fn dispatch_signal(
            context: __::WorkflowContext<Self>,
            name: &str,
            input: __::Input,
        ) -> __::Calling<()> {
            __::dispatch_signal(context, name, input)
        }
        fn decode_query_input(
            name: &str,
            payloads: &__::Payloads,
            converter: &__::PayloadConverter,
        ) -> __::Decoded {
            __::decode_query::<Self>(name, payloads, converter)
        }
        fn dispatch_query(
            &self,
            context: __::WorkflowContextView,
            name: &str,
            input: __::Input,
        ) -> __::Answer {
            __::dispatch_query(self, &context, name, input)
        }
        fn decode_update_input(
            name: &str,
            payloads: __::Payloads,
            converter: &__::PayloadConverter,
        ) -> __::Decoded {
            __::decode_update::<Self>(name, payloads, converter)
        }
        fn validate_update(
            &self,
            context: __::WorkflowContextView,
            name: &str,
            input: __::Input,
        ) -> __::Result<(), __::WorkflowError> {
            __::validate_update(self, &context, name, input)
        }
        fn dispatch_update(
            context: __::WorkflowContext<Self>,
            name: &str,
            input: __::Input,
        ) -> __::Updating {
            __::dispatch_update(context, name, input)
        }
    }
    const _: () = __::in_order(
        <Greeting as __::WorkflowType>::FIELDS,
        "pending",
        "field `pending` of the state is a map or a set without an order, and iterating over it goes by another order at each replay: make it a `BTreeMap` or a `BTreeSet`",
    );
};
