//! Every shape an activity that is a function may have.

use durably::prelude::*;
use durably_tests::{client, recorded, recorded::json, unique};

type Parsed<T> = Result<T, std::num::ParseIntError>;

#[workflow]
#[derive(Default)]
struct Calls;

#[workflow]
impl Calls {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<String>> {
        unit::execute(ctx).await?;
        unit_result::execute(ctx).await?;
        Ok(vec![
            asynchronous::execute(ctx, "Ada", 2, vec![true]).await?,
            blocking::execute(ctx, 3).await?.to_string(),
            context_first::execute(ctx, "a").await?,
            context_between::execute(ctx, "a", "b").await?,
            context_last::execute(ctx, "a", "b").await?,
            blocking_with_context::execute(ctx, "a").await?,
            any_error::execute(ctx, "7").await?.to_string(),
            alias::execute(ctx, "8").await?.to_string(),
            format!("{:?}", absent::execute(ctx, None).await?),
        ])
    }
}

#[activity(start_to_close_timeout = "10s")]
async fn asynchronous(name: String, times: u8, flags: Vec<bool>) -> ActivityResult<String> {
    Ok(format!("{name} {times} {flags:?}"))
}

/// Blocks, which panics on a thread that runs async code.
#[activity(start_to_close_timeout = "10s")]
fn blocking(number: u32) -> u32 {
    tokio::runtime::Handle::current().block_on(async { number + 1 })
}

#[activity(start_to_close_timeout = "10s")]
async fn context_first(ctx: &ActivityContext, one: String) -> String {
    format!("{} {one}", ctx.info().activity_type)
}

#[activity(start_to_close_timeout = "10s")]
async fn context_between(one: String, of: &ActivityContext, two: String) -> String {
    format!("{one} {} {two}", of.info().activity_type)
}

#[activity(start_to_close_timeout = "10s")]
async fn context_last(one: String, two: String, _a: &ActivityContext) -> String {
    format!("{one} {two} {}", _a.info().activity_type)
}

#[activity(start_to_close_timeout = "10s")]
fn blocking_with_context(one: String, context: &ActivityContext) -> ActivityResult<String> {
    Ok(format!("{one} {}", context.info().activity_type))
}

#[activity(start_to_close_timeout = "10s")]
async fn unit() {}

#[activity(start_to_close_timeout = "10s")]
fn unit_result(_ctx: &ActivityContext) -> ActivityResult<()> {
    Ok(())
}

#[activity(start_to_close_timeout = "10s")]
async fn any_error(number: String) -> Result<u8, std::num::ParseIntError> {
    number.parse()
}

#[activity(start_to_close_timeout = "10s")]
fn alias(number: String) -> Parsed<u8> {
    number.parse()
}

#[activity(start_to_close_timeout = "10s")]
async fn absent(number: Option<u8>) -> Option<u8> {
    number
}

#[tokio::test]
async fn every_shape_of_a_function_is_an_activity() {
    let client = client().await;
    let queue = unique("functions");
    let worker = Worker::new(&client, &queue)
        .workflow::<Calls>()
        .activity::<asynchronous>()
        .activity::<blocking>()
        .activity::<context_first>()
        .activity::<context_between>()
        .activity::<context_last>()
        .activity::<blocking_with_context>()
        .activity::<unit>()
        .activity::<unit_result>()
        .activity::<any_error>()
        .activity::<alias>()
        .activity::<absent>()
        .start()
        .unwrap();

    let calls = Calls::start(&client).id(unique("functions")).task_queue(&queue).await.unwrap();
    let expected = [
        "Ada 2 [true]",
        "4",
        "context_first a",
        "a context_between b",
        "a b context_last",
        "a blocking_with_context",
        "7",
        "8",
        "None",
    ];
    assert_eq!(calls.result().await.unwrap(), expected);

    let scheduled = recorded!(calls, ActivityTaskScheduledEventAttributes);
    let names: Vec<_> = scheduled.iter().map(|event| event.activity_type.clone().unwrap().name).collect();
    assert_eq!(names[..3], ["unit", "unit_result", "asynchronous"]);
    assert_eq!(scheduled[0].input, None);
    let input = scheduled[2].input.clone().unwrap().payloads;
    assert_eq!(input.iter().map(json).collect::<Vec<_>>(), ["\"Ada\"", "2", "[true]"]);

    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn an_activity_remains_a_function() {
    assert_eq!(asynchronous("Ada".into(), 1, vec![]).await.unwrap(), "Ada 1 []");
    assert_eq!(alias("9".into()), Ok(9));
}

mod named {
    use super::*;

    /// A module of the activity's name, which takes its place among types.
    mod charge {
        pub(super) const CURRENCY: &str = "EUR";
    }

    #[activity(name = "ChargeCard", stub = "Charge", start_to_close_timeout = "10s")]
    async fn charge(amount: u32) -> String {
        format!("{amount} {}", charge::CURRENCY)
    }

    #[workflow]
    #[derive(Default)]
    struct Shop;

    #[workflow]
    impl Shop {
        #[run]
        async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<String> {
            Ok(Charge::execute(ctx, 12).await?)
        }
    }

    #[tokio::test]
    async fn an_activity_has_another_name_on_the_wire_and_another_stub() {
        let client = client().await;
        let queue = unique("named");
        let worker = Worker::new(&client, &queue).workflow::<Shop>().activity::<Charge>().start().unwrap();

        let shop = Shop::start(&client).id(unique("named")).task_queue(&queue).await.unwrap();
        assert_eq!(shop.result().await.unwrap(), "12 EUR");
        assert_eq!(charge(12).await, "12 EUR");
        let scheduled = recorded!(shop, ActivityTaskScheduledEventAttributes);
        assert_eq!(scheduled[0].activity_type.as_ref().unwrap().name, "ChargeCard");

        worker.shutdown().await.unwrap();
    }
}
