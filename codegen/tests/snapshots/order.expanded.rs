//! Written by a test: see `tests/snapshots.rs`.
/// An order on its way to a customer.
struct Order {
    items: Vec<Item>,
}
/// A [`Order`] workflow as a client sees it.
///
/// An order on its way to a customer.
#[allow(deprecated, dead_code, private_interfaces, unreachable_pub)]
#[derive(::durably::__::Clone, ::durably::__::Debug)]
struct OrderHandle(::durably::__::WorkflowHandle<Order>);
/// A [`Order`] workflow that a workflow has started as a child.
///
/// An order on its way to a customer.
#[allow(deprecated, dead_code, private_interfaces, unreachable_pub)]
#[derive(::durably::__::Debug)]
struct OrderChild(::durably::__::ChildHandle<Order>);
/// A [`Order`] workflow as another workflow sees it.
///
/// An order on its way to a customer.
#[allow(deprecated, dead_code, private_interfaces, unreachable_pub)]
#[derive(::durably::__::Clone, ::durably::__::Debug)]
struct OrderExternal(::durably::__::ExternalHandle<Order>);
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
    impl __::WorkflowType for Order {
        const TYPE: &'static __::WorkflowTypeTable = &__::WorkflowTypeTable {
            name: "Order",
            rust_path: __::concat!(__::module_path!(), "::", "Order"),
            docs: "An order on its way to a customer.",
            defaults: __::WorkflowDefaults {
                run_timeout: __::Some(__::Duration::from_secs(2592000)),
                ..__::WorkflowDefaults::NONE
            },
        };
        type TaskQueue = __::MissingTaskQueue;
        type Handle = OrderHandle;
        type Child = OrderChild;
        type External = OrderExternal;
        const FIELDS: &'static [(&'static str, __::Nature)] = &[
            ("items", <__::Probe<Vec<Item>>>::NATURE),
        ];
    }
    impl __::From<__::WorkflowHandle<Order>> for OrderHandle {
        fn from(inner: __::WorkflowHandle<Order>) -> Self {
            Self(inner)
        }
    }
    impl __::From<OrderHandle> for __::WorkflowHandle<Order> {
        fn from(outer: OrderHandle) -> Self {
            outer.0
        }
    }
    impl __::Deref for OrderHandle {
        type Target = __::WorkflowHandle<Order>;
        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }
    impl __::From<__::ChildHandle<Order>> for OrderChild {
        fn from(inner: __::ChildHandle<Order>) -> Self {
            Self(inner)
        }
    }
    impl __::From<OrderChild> for __::ChildHandle<Order> {
        fn from(outer: OrderChild) -> Self {
            outer.0
        }
    }
    impl __::Deref for OrderChild {
        type Target = __::ChildHandle<Order>;
        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }
    impl __::From<__::ExternalHandle<Order>> for OrderExternal {
        fn from(inner: __::ExternalHandle<Order>) -> Self {
            Self(inner)
        }
    }
    impl __::From<OrderExternal> for __::ExternalHandle<Order> {
        fn from(outer: OrderExternal) -> Self {
            outer.0
        }
    }
    impl __::Deref for OrderExternal {
        type Target = __::ExternalHandle<Order>;
        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }
    const _: () = {
        __::keeps(<__::Probe<Item>>::NATURE, "field `items` holds `Item`");
    };
};
#[allow(clippy::result_large_err)]
impl Order {
    fn new(ctx: &WorkflowContextView, order_number: u64, items: Vec<Item>) -> Self {
        Order { items }
    }
    async fn run(
        ctx: &WorkflowContext<Self>,
        order_number: u64,
        items: Vec<Item>,
    ) -> WorkflowResult<Receipt> {
        Ok(Receipt {
            order_number,
            count: ctx.state(|w| w.items.len()),
        })
    }
    async fn add_item(
        ctx: &WorkflowContext<Self>,
        item: Item,
    ) -> Result<usize, ApplicationFailure> {
        Ok(
            ctx
                .state_mut(|w| {
                    w.items.push(item);
                    w.items.len()
                }),
        )
    }
    fn check_item(&self, item: &Item) -> Result<(), ApplicationFailure> {
        if item.is_empty() {
            Err(ApplicationFailure::new("an item needs a name"))
        } else {
            Ok(())
        }
    }
    fn any(&mut self, name: String, args: RawValue) {}
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
    impl Order {
        /// Starts the workflow: await it for a handle, or call `.execute()` for the result.
        pub fn start(
            client: &__::Client,
            order_number: u64,
            items: Vec<Item>,
        ) -> __::Start<Self> {
            __::Start::new(client, Self::arguments(order_number, items))
        }
        /// The workflow with this id, started before or elsewhere.
        pub fn handle(
            client: &__::Client,
            workflow_id: impl __::IntoArgument<__::String>,
        ) -> OrderHandle {
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
            order_number: u64,
            items: Vec<Item>,
        ) -> __::StartChild<'__context, Self> {
            __::StartChild::new(context, Self::arguments(order_number, items))
        }
        /// The running workflow with this id, to signal or cancel from another workflow.
        pub fn external(
            context: &impl __::Commands,
            workflow_id: impl __::IntoArgument<__::String>,
        ) -> OrderExternal {
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
            order_number: u64,
            items: Vec<Item>,
        ) -> __::CreateSchedule<Self> {
            __::CreateSchedule::new(
                client,
                __::IntoArgument::<__::String>::into_argument(schedule_id),
                Self::arguments(order_number, items),
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
            order_number: u64,
            items: Vec<Item>,
        ) -> __::ContinueAsNew<'__context, __Current> {
            __::ContinueAsNew::new(context, Self::arguments(order_number, items))
        }
        /// The arguments of a start, for whatever takes them without starting: the change of a schedule.
        pub fn arguments(order_number: u64, items: Vec<Item>) -> __::RunInput<Self> {
            __::RunInput::new((order_number, (items, ())))
        }
    }
    impl OrderHandle {
        /// Update `addItem`.
        pub fn add_item(
            &self,
            item: Item,
        ) -> __::Update<
            Order,
            <Order as __::UpdateMethod<0>>::Output,
            <Order as __::UpdateMethod<0>>::Failure,
        > {
            __::Update::new::<0>(self, (item, ()))
        }
    }
    impl OrderChild {
        /// Waits for the child to end and gives its result.
        pub fn result(self) -> __::ChildResult<Order> {
            <__::ChildHandle<Order> as __::From<Self>>::from(self).result()
        }
    }
    impl OrderExternal {}
    impl __::Workflow for Order {
        const TABLE: &'static __::WorkflowTable = &__::WorkflowTable {
            workflow: <Self as __::WorkflowType>::TYPE,
            run: __::HandlerTable {
                name: __::None,
                method: "run",
                arguments: &[
                    __::ArgumentTable {
                        name: "order_number",
                        ty: "u64",
                        optional: __::Probe::<u64>::IS_OPTION,
                    },
                    __::ArgumentTable {
                        name: "items",
                        ty: "Vec<Item>",
                        optional: __::Probe::<Vec<Item>>::IS_OPTION,
                    },
                ],
                output: "WorkflowResult<Receipt>",
                docs: "",
                validated: false,
            },
            signals: &[<Self as __::SignalMethod<0>>::TABLE],
            queries: &[],
            updates: &[<Self as __::UpdateMethod<0>>::TABLE],
        };
        type Arguments = __::Checked<
            (u64, (Vec<Item>, ())),
            { <u64 as __::Travels>::TRAVELS && <Vec<Item> as __::Travels>::TRAVELS },
        >;
        type Output = __::Checked<
            <Self::Outcome as __::Outcome>::Output,
            { <<Self::Outcome as __::Outcome>::Output as __::Travels>::TRAVELS },
        >;
        type Failure = <Self::Outcome as __::Outcome>::Failure;
        type Error = <Self::Outcome as __::Outcome>::Error;
        type Outcome = __::Split<
            WorkflowResult<Receipt>,
            { __::Probe::<WorkflowResult<Receipt>>::IS_RESULT },
            { __::Probe::<WorkflowResult<Receipt>>::IS_DECLARED },
        >;
        type Id = __::MissingId;
        const SIGNALS: &'static [&'static dyn __::SignalHandler<Self>] = &[
            &__::Handler::<0>,
        ];
        const QUERIES: &'static [&'static dyn __::QueryHandler<Self>] = &[];
        const UPDATES: &'static [&'static dyn __::UpdateHandler<Self>] = &[
            &__::Handler::<0>,
        ];
    }
    impl __::SignalMethod<0> for Order {
        const TABLE: __::HandlerTable = __::HandlerTable {
            name: __::None,
            method: "any",
            arguments: &[
                __::ArgumentTable {
                    name: "name",
                    ty: "String",
                    optional: __::Probe::<String>::IS_OPTION,
                },
                __::ArgumentTable {
                    name: "args",
                    ty: "RawValue",
                    optional: __::Probe::<RawValue>::IS_OPTION,
                },
            ],
            output: "()",
            docs: "",
            validated: false,
        };
        type Arguments = __::DynamicArguments;
        fn call(
            context: __::WorkflowContext<Self>,
            (name, (args, ())): Self::Arguments,
        ) -> __::Calling<()> {
            __::call_sync(
                context,
                move |workflow: &mut Self, _| Self::any(workflow, name, args),
            )
        }
    }
    impl __::UpdateMethod<0> for Order {
        const TABLE: __::HandlerTable = __::HandlerTable {
            name: __::Some("addItem"),
            method: "add_item",
            arguments: &[
                __::ArgumentTable {
                    name: "item",
                    ty: "Item",
                    optional: __::Probe::<Item>::IS_OPTION,
                },
            ],
            output: "Result<usize, ApplicationFailure>",
            docs: "",
            validated: true,
        };
        type Arguments = __::Checked<(Item, ()), { <Item as __::Travels>::TRAVELS }>;
        type Output = __::Checked<
            <Self::Outcome as __::Outcome>::Output,
            { <<Self::Outcome as __::Outcome>::Output as __::Travels>::TRAVELS },
        >;
        type Failure = <Self::Outcome as __::Outcome>::Failure;
        type Error = <Self::Outcome as __::Outcome>::Error;
        type Outcome = __::Split<
            Result<usize, ApplicationFailure>,
            { __::Probe::<Result<usize, ApplicationFailure>>::IS_RESULT },
            { __::Probe::<Result<usize, ApplicationFailure>>::IS_DECLARED },
        >;
        fn validate(
            &self,
            _: &__::WorkflowContextView,
            (item, ()): &Self::Arguments,
        ) -> __::Result<(), __::WorkflowError> {
            __::validated::<
                __::Split<
                    Result<(), ApplicationFailure>,
                    { __::Probe::<Result<(), ApplicationFailure>>::IS_RESULT },
                    { __::Probe::<Result<(), ApplicationFailure>>::IS_DECLARED },
                >,
            >(Self::check_item(self, item))
        }
        fn call(
            context: __::WorkflowContext<Self>,
            (item, ()): Self::Arguments,
        ) -> __::Calling<<Self::Outcome as __::Outcome>::Returned> {
            __::call_async(async move { Self::add_item(&context, item).await })
        }
    }
    impl __::ExecutableSyncSignal<__::SyncHandler<Self>> for Order {
        fn handle(
            &mut self,
            context: &mut __::SyncWorkflowContext<Self>,
            input: __::SyncCall<Self>,
        ) {
            input.call(self, context);
        }
    }
    impl __::WorkflowImplementation for Order {
        type Run = __::WorkflowOf<Self>;
        const HAS_INIT: bool = true;
        const INIT_TAKES_INPUT: bool = true;
        fn name() -> &'static str {
            <Self as __::WorkflowType>::TYPE.name
        }
        fn definition() -> __::WorkflowDefinitionDescriptor {
            __::definition::<Self>()
        }
        fn init(
            context: __::WorkflowContextView,
            input: __::Option<__::RunInput<Self>>,
        ) -> Self {
            let (order_number, (items, ())) = __::init_arguments::<Self>(input);
            let state = Self::new(&context, order_number, items);
            state
        }
        fn run(
            context: __::WorkflowContext<Self>,
            input: __::Option<__::RunInput<Self>>,
        ) -> __::Running {
            __::run(
                context,
                input,
                |context, (order_number, (items, ()))| __::Box::pin(async move {
                    Self::run(&context, order_number, items).await
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
};
