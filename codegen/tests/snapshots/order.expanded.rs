//! Written by a test: see `tests/snapshots.rs`.
impl Order {
    fn new(ctx: &WorkflowContextView, order_number: u64, items: Vec<Item>) -> Self {
        Order { items }
    }
    async fn run(
        ctx: &WorkflowContext<Self>,
        order_number: u64,
        items: Vec<Item>,
    ) -> WorkflowResult<Receipt> {
        todo!()
    }
    async fn add_item(
        ctx: &WorkflowContext<Self>,
        item: Item,
    ) -> Result<usize, ApplicationFailure> {
        todo!()
    }
    fn check_item(&self, item: &Item) -> Result<(), ApplicationFailure> {
        todo!()
    }
    fn any(&mut self, name: String, args: RawValue) {}
}
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
impl Order {
    /// Starts the workflow: await it for a handle, or call `.execute()` for the result.
    pub fn start(
        client: &::durably::__::Client,
        order_number: u64,
        items: Vec<Item>,
    ) -> ::durably::__::Start<Self> {
        ::durably::__::Start::new(client, Self::arguments(order_number, items))
    }
    /// The workflow with this id, started before or elsewhere.
    pub fn handle(
        client: &::durably::__::Client,
        workflow_id: impl ::durably::__::std::convert::Into<
            ::durably::__::std::string::String,
        >,
    ) -> OrderHandle {
        ::durably::__::std::convert::From::from(
            ::durably::__::WorkflowHandle::<Self>::by_id(client, workflow_id),
        )
    }
    /// Starts the workflow as a child of another: await it for a handle, or call `.execute()` for the result.
    pub fn child<'__context>(
        context: &'__context impl ::durably::__::Commands,
        order_number: u64,
        items: Vec<Item>,
    ) -> ::durably::__::StartChild<'__context, Self> {
        ::durably::__::StartChild::new(context, Self::arguments(order_number, items))
    }
    /// The running workflow with this id, to signal or cancel from another workflow.
    pub fn external(
        context: &impl ::durably::__::Commands,
        workflow_id: impl ::durably::__::std::convert::Into<
            ::durably::__::std::string::String,
        >,
    ) -> OrderExternal {
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
        order_number: u64,
        items: Vec<Item>,
    ) -> ::durably::__::CreateSchedule<Self> {
        ::durably::__::CreateSchedule::new(
            client,
            schedule_id,
            Self::arguments(order_number, items),
        )
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
        order_number: u64,
        items: Vec<Item>,
    ) -> ::durably::__::RunInput<Self> {
        ::durably::__::RunInput::new((order_number, (items, ())))
    }
    /// Ends the run of a workflow and goes on as this one: return what awaiting gives.
    pub fn continue_as_new<'__context, __Current: ::durably::__::Workflow>(
        context: &'__context ::durably::__::WorkflowContext<__Current>,
        order_number: u64,
        items: Vec<Item>,
    ) -> ::durably::__::ContinueAsNew<'__context, __Current> {
        ::durably::__::ContinueAsNew::new(context, Self::arguments(order_number, items))
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
impl OrderChild {
    /// Waits for the child to end and gives its result.
    pub fn result(self) -> ::durably::__::ChildResult<Order> {
        <::durably::__::ChildHandle<
            Order,
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
impl OrderHandle {
    ///Update `addItem`.
    pub fn add_item(
        &self,
        item: Item,
    ) -> ::durably::__::Update<
        Order,
        <::durably::__::Returns<
            Result<usize, ApplicationFailure>,
            {
                use ::durably::__::ProbeDefaults as _;
                <::durably::__::Probe<Result<usize, ApplicationFailure>>>::IS_RESULT
            },
        > as ::durably::__::Outcome>::Output,
        <::durably::__::Returns<
            Result<usize, ApplicationFailure>,
            {
                use ::durably::__::ProbeDefaults as _;
                <::durably::__::Probe<Result<usize, ApplicationFailure>>>::IS_RESULT
            },
        > as ::durably::__::Outcome>::Failure,
    > {
        let arguments: (::durably::__::Argument<Item>, ()) = (item, ());
        ::durably::__::Update::new(self, "addItem", arguments)
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
impl OrderChild {}
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
impl OrderExternal {}
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
impl ::durably::__::Workflow for Order {
    const TABLE: &'static ::durably::__::WorkflowTable = &::durably::__::WorkflowTable {
        workflow: <Self as ::durably::__::WorkflowType>::TYPE,
        run: ::durably::__::HandlerTable {
            name: ::durably::__::std::option::Option::None,
            method: "run",
            arguments: &[
                ::durably::__::ArgumentTable {
                    name: "order_number",
                    ty: "u64",
                    optional: {
                        use ::durably::__::ProbeDefaults as _;
                        <::durably::__::Probe<u64>>::IS_OPTION
                    },
                },
                ::durably::__::ArgumentTable {
                    name: "items",
                    ty: "Vec<Item>",
                    optional: {
                        use ::durably::__::ProbeDefaults as _;
                        <::durably::__::Probe<Vec<Item>>>::IS_OPTION
                    },
                },
            ],
            output: "WorkflowResult<Receipt>",
            docs: "",
            validated: false,
        },
        signals: &[
            ::durably::__::HandlerTable {
                name: ::durably::__::std::option::Option::None,
                method: "any",
                arguments: &[
                    ::durably::__::ArgumentTable {
                        name: "name",
                        ty: "String",
                        optional: {
                            use ::durably::__::ProbeDefaults as _;
                            <::durably::__::Probe<String>>::IS_OPTION
                        },
                    },
                    ::durably::__::ArgumentTable {
                        name: "args",
                        ty: "RawValue",
                        optional: {
                            use ::durably::__::ProbeDefaults as _;
                            <::durably::__::Probe<RawValue>>::IS_OPTION
                        },
                    },
                ],
                output: "()",
                docs: "",
                validated: false,
            },
        ],
        queries: &[],
        updates: &[
            ::durably::__::HandlerTable {
                name: ::durably::__::std::option::Option::Some("addItem"),
                method: "add_item",
                arguments: &[
                    ::durably::__::ArgumentTable {
                        name: "item",
                        ty: "Item",
                        optional: {
                            use ::durably::__::ProbeDefaults as _;
                            <::durably::__::Probe<Item>>::IS_OPTION
                        },
                    },
                ],
                output: "Result<usize, ApplicationFailure>",
                docs: "",
                validated: true,
            },
        ],
    };
    type Arguments = (
        ::durably::__::Argument<u64>,
        (::durably::__::Argument<Vec<Item>>, ()),
    );
    type Output = <Self::Outcome as ::durably::__::Outcome>::Output;
    type Failure = <Self::Outcome as ::durably::__::Outcome>::Failure;
    type Outcome = ::durably::__::Returns<
        WorkflowResult<Receipt>,
        {
            use ::durably::__::ProbeDefaults as _;
            <::durably::__::Probe<WorkflowResult<Receipt>>>::IS_RESULT
        },
    >;
    type Id = ::durably::__::MissingId;
    const SIGNALS: &'static [&'static dyn ::durably::__::SignalHandler<Self>] = &[
        &::durably::__::SyncSignal::<
            Self,
            ::durably::__::DynamicArguments,
        >(|workflow, _, (name, (args, ()))| Self::any(workflow, name, args)),
    ];
    const QUERIES: &'static [&'static dyn ::durably::__::QueryHandler<Self>] = &[];
    const UPDATES: &'static [&'static dyn ::durably::__::UpdateHandler<Self>] = &[
        &::durably::__::Validated::<
            Self,
            (::durably::__::Argument<Item>, ()),
            _,
            ::durably::__::Returns<
                Result<(), ApplicationFailure>,
                {
                    use ::durably::__::ProbeDefaults as _;
                    <::durably::__::Probe<Result<(), ApplicationFailure>>>::IS_RESULT
                },
            >,
        > {
            update: ::durably::__::AsyncUpdate::<
                Self,
                (::durably::__::Argument<Item>, ()),
                ::durably::__::Returns<
                    Result<usize, ApplicationFailure>,
                    {
                        use ::durably::__::ProbeDefaults as _;
                        <::durably::__::Probe<
                            Result<usize, ApplicationFailure>,
                        >>::IS_RESULT
                    },
                >,
            >(|context, (item, ())| ::durably::__::std::boxed::Box::pin(async move {
                Self::add_item(&context, item).await
            })),
            validator: |workflow, _, (item, ())| Self::check_item(workflow, item),
        },
    ];
}
#[allow(
    deprecated,
    dead_code,
    private_interfaces,
    unreachable_pub,
    non_snake_case,
    clippy::too_many_arguments
)]
impl ::durably::__::ExecutableSyncSignal<::durably::__::SyncHandler<Self>> for Order {
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
impl ::durably::__::WorkflowImplementation for Order {
    type Run = ::durably::__::WorkflowOf<Self>;
    const HAS_INIT: bool = true;
    const INIT_TAKES_INPUT: bool = true;
    fn name() -> &'static str {
        <Self as ::durably::__::WorkflowType>::TYPE.name
    }
    fn definition() -> ::durably::__::WorkflowDefinitionDescriptor {
        ::durably::__::definition::<Self>()
    }
    fn init(
        context: ::durably::__::WorkflowContextView,
        input: ::durably::__::std::option::Option<::durably::__::RunInput<Self>>,
    ) -> Self {
        let (order_number, (items, ())) = ::durably::__::init_arguments::<Self>(input);
        Self::new(&context, order_number, items)
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
            |context, (order_number, (items, ()))| ::durably::__::std::boxed::Box::pin(async move {
                Self::run(&context, order_number, items).await
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
