//! Written by a test: see `tests/snapshots.rs`.
#[derive(Default)]
pub struct Greeting {
    pending: VecDeque<String>,
    closed: bool,
}
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
impl ::durably::__::WorkflowType for Greeting {
    const TYPE: &'static ::durably::__::WorkflowTypeTable = &::durably::__::WorkflowTypeTable {
        name: "Greeting",
        rust_path: ::durably::__::std::concat!(
            ::durably::__::std::module_path!(), "::", "Greeting"
        ),
        docs: "",
        defaults: ::durably::__::WorkflowDefaults {
            task_queue: ::durably::__::std::option::Option::Some("greetings"),
            execution_timeout: ::durably::__::std::option::Option::None,
            run_timeout: ::durably::__::std::option::Option::None,
            task_timeout: ::durably::__::std::option::Option::None,
            retry_policy: ::durably::__::std::option::Option::None,
            id_reuse_policy: ::durably::__::WorkflowIdReusePolicy::Unspecified,
            id_conflict_policy: ::durably::__::WorkflowIdConflictPolicy::Unspecified,
            cron_schedule: ::durably::__::std::option::Option::None,
        },
    };
    type TaskQueue = ::durably::__::Given;
    type Handle = GreetingHandle;
    type Child = GreetingChild;
    type External = GreetingExternal;
}
///A [`Greeting`] workflow as a client sees it.
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
#[derive(::durably::__::std::clone::Clone, ::durably::__::std::fmt::Debug)]
pub struct GreetingHandle(::durably::__::WorkflowHandle<Greeting>);
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
impl ::durably::__::std::convert::From<::durably::__::WorkflowHandle<Greeting>>
for GreetingHandle {
    fn from(inner: ::durably::__::WorkflowHandle<Greeting>) -> Self {
        Self(inner)
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
impl ::durably::__::std::convert::From<GreetingHandle>
for ::durably::__::WorkflowHandle<Greeting> {
    fn from(outer: GreetingHandle) -> Self {
        outer.0
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
impl ::durably::__::std::ops::Deref for GreetingHandle {
    type Target = ::durably::__::WorkflowHandle<Greeting>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}
///A [`Greeting`] workflow that a workflow has started as a child.
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
#[derive(::durably::__::std::fmt::Debug)]
pub struct GreetingChild(::durably::__::ChildHandle<Greeting>);
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
impl ::durably::__::std::convert::From<::durably::__::ChildHandle<Greeting>>
for GreetingChild {
    fn from(inner: ::durably::__::ChildHandle<Greeting>) -> Self {
        Self(inner)
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
impl ::durably::__::std::convert::From<GreetingChild>
for ::durably::__::ChildHandle<Greeting> {
    fn from(outer: GreetingChild) -> Self {
        outer.0
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
impl ::durably::__::std::ops::Deref for GreetingChild {
    type Target = ::durably::__::ChildHandle<Greeting>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}
///A [`Greeting`] workflow as another workflow sees it.
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
#[derive(::durably::__::std::clone::Clone, ::durably::__::std::fmt::Debug)]
pub struct GreetingExternal(::durably::__::ExternalHandle<Greeting>);
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
impl ::durably::__::std::convert::From<::durably::__::ExternalHandle<Greeting>>
for GreetingExternal {
    fn from(inner: ::durably::__::ExternalHandle<Greeting>) -> Self {
        Self(inner)
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
impl ::durably::__::std::convert::From<GreetingExternal>
for ::durably::__::ExternalHandle<Greeting> {
    fn from(outer: GreetingExternal) -> Self {
        outer.0
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
impl ::durably::__::std::ops::Deref for GreetingExternal {
    type Target = ::durably::__::ExternalHandle<Greeting>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}
impl Greeting {
    async fn run(
        ctx: &WorkflowContext<Self>,
        host: String,
    ) -> WorkflowResult<Vec<String>> {
        todo!()
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
    clippy::too_many_arguments
)]
impl Greeting {
    /// Starts the workflow: await it for a handle, or call `.execute()` for the result.
    pub fn start(
        client: &::durably::__::Client,
        host: impl ::durably::__::std::convert::Into<String>,
    ) -> ::durably::__::Start<Self> {
        ::durably::__::Start::new(client, Self::arguments(host))
    }
    /// The workflow with this id, started before or elsewhere.
    pub fn handle(
        client: &::durably::__::Client,
        workflow_id: impl ::durably::__::std::convert::Into<
            ::durably::__::std::string::String,
        >,
    ) -> GreetingHandle {
        ::durably::__::std::convert::From::from(
            ::durably::__::WorkflowHandle::<Self>::by_id(client, workflow_id),
        )
    }
    /// Starts the workflow as a child of another: await it for a handle, or call `.execute()` for the result.
    pub fn child<'__context>(
        context: &'__context impl ::durably::__::Commands,
        host: impl ::durably::__::std::convert::Into<String>,
    ) -> ::durably::__::StartChild<'__context, Self> {
        ::durably::__::StartChild::new(context, Self::arguments(host))
    }
    /// The running workflow with this id, to signal or cancel from another workflow.
    pub fn external(
        context: &impl ::durably::__::Commands,
        workflow_id: impl ::durably::__::std::convert::Into<
            ::durably::__::std::string::String,
        >,
    ) -> GreetingExternal {
        ::durably::__::std::convert::From::from(
            ::durably::__::ExternalHandle::<Self>::by_id(context, workflow_id),
        )
    }
    /// A schedule that starts the workflow by the clock: say when, then call `.create()`.
    pub fn schedule(
        client: &::durably::__::Client,
        schedule_id: impl ::durably::__::std::convert::Into<
            ::durably::__::std::string::String,
        >,
        host: impl ::durably::__::std::convert::Into<String>,
    ) -> ::durably::__::CreateSchedule<Self> {
        ::durably::__::CreateSchedule::new(client, schedule_id, Self::arguments(host))
    }
    /// The schedule with this id, which starts this workflow.
    pub fn schedule_handle(
        client: &::durably::__::Client,
        schedule_id: impl ::durably::__::std::convert::Into<
            ::durably::__::std::string::String,
        >,
    ) -> ::durably::__::ScheduleHandle<Self> {
        ::durably::__::ScheduleHandle::by_id(client, schedule_id)
    }
    /// The arguments of a start, for whatever takes them without starting: the change of a schedule.
    pub fn arguments(
        host: impl ::durably::__::std::convert::Into<String>,
    ) -> ::durably::__::RunInput<Self> {
        ::durably::__::RunInput::new((::durably::__::std::convert::Into::into(host), ()))
    }
    /// Ends the run of a workflow and goes on as this one: return what awaiting gives.
    pub fn continue_as_new<'__context, __Current: ::durably::__::Workflow>(
        context: &'__context ::durably::__::WorkflowContext<__Current>,
        host: impl ::durably::__::std::convert::Into<String>,
    ) -> ::durably::__::ContinueAsNew<'__context, __Current> {
        ::durably::__::ContinueAsNew::new(context, Self::arguments(host))
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
impl GreetingChild {
    /// Waits for the child to end and gives its result.
    pub fn result(self) -> ::durably::__::ChildResult<Greeting> {
        <::durably::__::ChildHandle<
            Greeting,
        > as ::durably::__::std::convert::From<Self>>::from(self)
            .result()
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
impl GreetingHandle {
    /// Puts a name on the list.
    pub fn submit_greeting(
        &self,
        name: impl ::durably::__::std::convert::Into<String>,
    ) -> ::durably::__::Signal<Greeting> {
        let arguments: (::durably::__::Argument<String>, ()) = (
            ::durably::__::std::convert::Into::into(name),
            (),
        );
        ::durably::__::Signal::new(self, "submit_greeting", arguments)
    }
    ///Signal `exit`.
    pub fn close(&self) -> ::durably::__::Signal<Greeting> {
        let arguments: () = ();
        ::durably::__::Signal::new(self, "exit", arguments)
    }
    ///Query `pending`.
    pub fn pending(
        &self,
    ) -> ::durably::__::QueryCall<
        Greeting,
        <::durably::__::Returns<
            usize,
            {
                use ::durably::__::ProbeDefaults as _;
                <::durably::__::Probe<usize>>::IS_RESULT
            },
        > as ::durably::__::Outcome>::Output,
    > {
        let arguments: () = ();
        ::durably::__::QueryCall::new(self, "pending", arguments)
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
impl GreetingChild {
    /// Puts a name on the list.
    pub fn submit_greeting(
        &self,
        name: impl ::durably::__::std::convert::Into<String>,
    ) -> ::durably::__::SignalWorkflow {
        let arguments: (::durably::__::Argument<String>, ()) = (
            ::durably::__::std::convert::Into::into(name),
            (),
        );
        self.signal("submit_greeting", arguments)
    }
    ///Signal `exit`.
    pub fn close(&self) -> ::durably::__::SignalWorkflow {
        let arguments: () = ();
        self.signal("exit", arguments)
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
impl GreetingExternal {
    /// Puts a name on the list.
    pub fn submit_greeting(
        &self,
        name: impl ::durably::__::std::convert::Into<String>,
    ) -> ::durably::__::SignalWorkflow {
        let arguments: (::durably::__::Argument<String>, ()) = (
            ::durably::__::std::convert::Into::into(name),
            (),
        );
        self.signal("submit_greeting", arguments)
    }
    ///Signal `exit`.
    pub fn close(&self) -> ::durably::__::SignalWorkflow {
        let arguments: () = ();
        self.signal("exit", arguments)
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
impl ::durably::__::Workflow for Greeting {
    const TABLE: &'static ::durably::__::WorkflowTable = &::durably::__::WorkflowTable {
        workflow: <Self as ::durably::__::WorkflowType>::TYPE,
        run: ::durably::__::HandlerTable {
            name: ::durably::__::std::option::Option::None,
            method: "run",
            arguments: &[
                ::durably::__::ArgumentTable {
                    name: "host",
                    ty: "String",
                    optional: {
                        use ::durably::__::ProbeDefaults as _;
                        <::durably::__::Probe<String>>::IS_OPTION
                    },
                },
            ],
            output: "WorkflowResult<Vec<String>>",
            docs: "",
            validated: false,
        },
        signals: &[
            ::durably::__::HandlerTable {
                name: ::durably::__::std::option::Option::Some("submit_greeting"),
                method: "submit_greeting",
                arguments: &[
                    ::durably::__::ArgumentTable {
                        name: "name",
                        ty: "String",
                        optional: {
                            use ::durably::__::ProbeDefaults as _;
                            <::durably::__::Probe<String>>::IS_OPTION
                        },
                    },
                ],
                output: "()",
                docs: "Puts a name on the list.",
                validated: false,
            },
            ::durably::__::HandlerTable {
                name: ::durably::__::std::option::Option::Some("exit"),
                method: "close",
                arguments: &[],
                output: "()",
                docs: "",
                validated: false,
            },
        ],
        queries: &[
            ::durably::__::HandlerTable {
                name: ::durably::__::std::option::Option::Some("pending"),
                method: "pending",
                arguments: &[],
                output: "usize",
                docs: "",
                validated: false,
            },
        ],
        updates: &[],
    };
    type Arguments = (::durably::__::Argument<String>, ());
    type Output = <Self::Outcome as ::durably::__::Outcome>::Output;
    type Failure = <Self::Outcome as ::durably::__::Outcome>::Failure;
    type Outcome = ::durably::__::Returns<
        WorkflowResult<Vec<String>>,
        {
            use ::durably::__::ProbeDefaults as _;
            <::durably::__::Probe<WorkflowResult<Vec<String>>>>::IS_RESULT
        },
    >;
    type Id = ::durably::__::Given;
    fn id(
        (host, ()): &Self::Arguments,
    ) -> ::durably::__::std::option::Option<::durably::__::std::string::String> {
        ::durably::__::std::option::Option::Some(
            ::durably::__::std::format!("greeting-{}", host),
        )
    }
    const SIGNALS: &'static [&'static dyn ::durably::__::SignalHandler<Self>] = &[
        &::durably::__::SyncSignal::<
            Self,
            (::durably::__::Argument<String>, ()),
        >(|workflow, _, (name, ())| Self::submit_greeting(workflow, name)),
        &::durably::__::SyncSignal::<Self, ()>(|workflow, _, ()| Self::close(workflow)),
    ];
    const QUERIES: &'static [&'static dyn ::durably::__::QueryHandler<Self>] = &[
        &::durably::__::Query::<
            Self,
            (),
            ::durably::__::Returns<
                usize,
                {
                    use ::durably::__::ProbeDefaults as _;
                    <::durably::__::Probe<usize>>::IS_RESULT
                },
            >,
        >(|workflow, _, ()| Self::pending(workflow)),
    ];
    const UPDATES: &'static [&'static dyn ::durably::__::UpdateHandler<Self>] = &[];
}
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
impl ::durably::__::ExecutableSyncSignal<::durably::__::SyncHandler<Self>> for Greeting {
    fn handle(
        &mut self,
        context: &mut ::durably::__::SyncWorkflowContext<Self>,
        input: ::durably::__::SyncCall<Self>,
    ) {
        input.call(self, context);
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
impl ::durably::__::WorkflowImplementation for Greeting {
    type Run = ::durably::__::WorkflowOf<Self>;
    const HAS_INIT: bool = false;
    const INIT_TAKES_INPUT: bool = false;
    fn name() -> &'static str {
        <Self as ::durably::__::WorkflowType>::TYPE.name
    }
    fn definition() -> ::durably::__::WorkflowDefinitionDescriptor {
        ::durably::__::definition::<Self>()
    }
    fn init(
        _: ::durably::__::WorkflowContextView,
        _: ::durably::__::std::option::Option<::durably::__::RunInput<Self>>,
    ) -> Self {
        ::durably::__::default_state::<Self>()
    }
    fn run(
        context: ::durably::__::WorkflowContext<Self>,
        input: ::durably::__::std::option::Option<::durably::__::RunInput<Self>>,
    ) -> ::durably::__::LocalBoxFuture<
        'static,
        ::durably::__::std::result::Result<
            ::durably::__::std::boxed::Box<dyn ::durably::__::WorkflowOutputValue>,
            ::durably::__::WorkflowTermination,
        >,
    > {
        ::durably::__::run(
            context,
            input,
            |context, (host, ())| ::durably::__::std::boxed::Box::pin(async move {
                Self::run(&context, host).await
            }),
        )
    }
    fn decode_signal_input(
        name: &str,
        payloads: ::durably::__::Payloads,
        converter: &::durably::__::PayloadConverter,
    ) -> ::durably::__::std::result::Result<
        ::durably::__::std::option::Option<
            ::durably::__::std::boxed::Box<dyn ::durably::__::std::any::Any>,
        >,
        ::durably::__::WorkflowError,
    > {
        ::durably::__::decode_signal::<Self>(name, payloads, converter)
    }
    fn dispatch_signal(
        context: ::durably::__::WorkflowContext<Self>,
        name: &str,
        input: ::durably::__::std::boxed::Box<dyn ::durably::__::std::any::Any>,
    ) -> ::durably::__::LocalBoxFuture<
        'static,
        ::durably::__::std::result::Result<(), ::durably::__::WorkflowError>,
    > {
        ::durably::__::dispatch_signal(context, name, input)
    }
    fn decode_query_input(
        name: &str,
        payloads: &::durably::__::Payloads,
        converter: &::durably::__::PayloadConverter,
    ) -> ::durably::__::std::result::Result<
        ::durably::__::std::option::Option<
            ::durably::__::std::boxed::Box<dyn ::durably::__::std::any::Any>,
        >,
        ::durably::__::WorkflowError,
    > {
        ::durably::__::decode_query::<Self>(name, payloads, converter)
    }
    fn dispatch_query(
        &self,
        context: ::durably::__::WorkflowContextView,
        name: &str,
        input: ::durably::__::std::boxed::Box<dyn ::durably::__::std::any::Any>,
    ) -> ::durably::__::std::result::Result<
        ::durably::__::std::boxed::Box<dyn ::durably::__::WorkflowOutputValue>,
        ::durably::__::WorkflowError,
    > {
        ::durably::__::dispatch_query(self, &context, name, input)
    }
    fn decode_update_input(
        name: &str,
        payloads: ::durably::__::Payloads,
        converter: &::durably::__::PayloadConverter,
    ) -> ::durably::__::std::result::Result<
        ::durably::__::std::option::Option<
            ::durably::__::std::boxed::Box<dyn ::durably::__::std::any::Any>,
        >,
        ::durably::__::WorkflowError,
    > {
        ::durably::__::decode_update::<Self>(name, payloads, converter)
    }
    fn validate_update(
        &self,
        context: ::durably::__::WorkflowContextView,
        name: &str,
        input: ::durably::__::std::boxed::Box<dyn ::durably::__::std::any::Any>,
    ) -> ::durably::__::std::result::Result<(), ::durably::__::WorkflowError> {
        ::durably::__::validate_update(self, &context, name, input)
    }
    fn dispatch_update(
        context: ::durably::__::WorkflowContext<Self>,
        name: &str,
        input: ::durably::__::std::boxed::Box<dyn ::durably::__::std::any::Any>,
    ) -> ::durably::__::LocalBoxFuture<
        'static,
        ::durably::__::std::result::Result<
            ::durably::__::std::boxed::Box<dyn ::durably::__::WorkflowOutputValue>,
            ::durably::__::WorkflowError,
        >,
    > {
        ::durably::__::dispatch_update(context, name, input)
    }
}
