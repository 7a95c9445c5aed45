//! Runs some of what had to compile under strange circumstances.

use std::collections::HashMap;

use durably::prelude::*;
use durably_tests::{client, hygiene, unique};

#[tokio::test]
async fn a_workflow_without_a_prelude_runs() {
    use hygiene::empty_prelude::{Bare, BareInit, BareOwner, bare_activity};
    let client = client().await;
    let queue = unique("bare");
    let worker = Worker::new(&client, &queue)
        .workflow::<Bare>()
        .workflow::<BareInit>()
        .activity::<bare_activity>()
        .activities(BareOwner)
        .start()
        .unwrap();

    let bare = Bare::start(&client, unique("Ada"), None).task_queue(&queue).await.unwrap();
    bare.say("one").await.unwrap();
    bare.say_later("two").await.unwrap();
    assert_eq!(bare.said().await.unwrap(), 2);
    assert!(bare.close(None).await.unwrap());
    let said = bare.result().await.unwrap();
    assert_eq!((&said[..2], &*said[3]), (&["one".to_owned(), "two".to_owned()][..], "3"));
    assert_eq!(BareInit::start(&client, 4).id(unique("bare")).task_queue(&queue).execute().await.unwrap(), 4);

    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn names_of_arguments_mean_nothing() {
    use hygiene::names::{Names, NamesOwner, context};
    let client = client().await;
    let queue = unique("names");
    let worker =
        Worker::new(&client, &queue).workflow::<Names>().activity::<context>().activities(NamesOwner).start().unwrap();

    let id = unique("id");
    let names = Names::start(&client, "a", "b", "c", "d", "e", &id, 1, "g", "h", "i", "j", "k", 2, vec![3]);
    let names = names.task_queue(&queue).await.unwrap();
    assert_eq!(names.workflow_id(), format!("d-e-{id}"));
    assert_eq!(names.look("x", 5).await.unwrap(), "Names x 5");
    names.change("x", "x").await.unwrap_err();
    assert_eq!(names.change("x", "y").await.unwrap(), "x y");
    let said = names.result().await.unwrap();
    assert_eq!(said[..], [format!("a b c d e {id} g h i j k 1 2 [3] and 7"), "c x r 8".into()]);

    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn keywords_lose_their_marks_on_the_wire() {
    use hygiene::raw::{Moved, r#enum, r#match, r#struct};
    let client = client().await;
    let queue = unique("raw");
    let worker =
        Worker::new(&client, &queue).workflow::<r#struct>().activity::<r#match>().activities(r#enum).start().unwrap();

    let name = unique("keyword");
    let raw = r#struct::start(&client, &name, Moved { r#fn: 4 }).task_queue(&queue).await.unwrap();
    assert_eq!(raw.workflow_id(), format!("raw-{name}-4"));
    assert_eq!(raw.r#while(3).await.unwrap(), 3);
    raw.r#match(2).await.unwrap();
    assert_eq!(raw.r#where().await.unwrap(), 2);
    assert_eq!(raw.result().await.unwrap(), format!("{name} 4"));
    let scheduled = durably_tests::recorded!(raw, ActivityTaskScheduledEventAttributes);
    let types: Vec<_> = scheduled.into_iter().map(|event| event.activity_type.unwrap().name).collect();
    assert_eq!(types, ["match", "use"]);
    let [signalled] = durably_tests::recorded!(raw, WorkflowExecutionSignaledEventAttributes).try_into().unwrap();
    assert_eq!(signalled.signal_name, "match");
    assert_eq!(raw.describe().await.unwrap().workflow_type(), "struct");

    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn what_is_not_there_is_not_there() {
    use hygiene::cfg::{Configured, ConfiguredOwner, which};
    let client = client().await;
    let queue = unique("cfg");
    let worker = Worker::new(&client, &queue)
        .workflow::<Configured>()
        .activity::<which>()
        .activities(ConfiguredOwner)
        .start()
        .unwrap();
    assert_eq!(Configured::TABLE.signals.len(), 1);
    assert_eq!(Configured::TABLE.queries.len(), 2);
    assert_eq!(Configured::TABLE.updates.len(), 1);

    let name = unique("cfg");
    let configured = Configured::start(&client, &name).task_queue(&queue).await.unwrap();
    configured.present_signal("seen").await.unwrap();
    assert_eq!(configured.present_query().await.unwrap(), 1);
    assert!(!configured.either().await.unwrap());
    assert!(configured.present_update().await.unwrap());
    assert_eq!(configured.result().await.unwrap(), ["seen".to_owned(), name, "there".into(), "here".into()]);

    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_workflow_made_by_a_macro_runs() {
    use hygiene::macros::{CallsMacros, Small, SmallOwner, small_activity};
    let client = client().await;
    let queue = unique("macros");
    let worker = Worker::new(&client, &queue)
        .workflow::<Small>()
        .activity::<small_activity>()
        .activities(SmallOwner)
        .workflow::<CallsMacros>()
        .start()
        .unwrap();

    let small = Small::start(&client, unique("macro"), 1).task_queue(&queue).await.unwrap();
    small.add(2).await.unwrap();
    small.later(3).await.unwrap();
    assert_eq!(small.count().await.unwrap(), 5);
    small.finish(Some(0)).await.unwrap_err();
    assert_eq!(small.finish(Some(4)).await.unwrap(), 9);
    assert_eq!(small.result().await.unwrap(), 20);

    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn names_of_the_standard_library_are_the_users_own() {
    use hygiene::shadows::types::{Mailer, Option, Result, Shadowed, String, Vec, echo};
    let client = client().await;
    let queue = unique("shadows");
    let worker =
        Worker::new(&client, &queue).workflow::<Shadowed>().activity::<echo>().activities(Mailer).start().unwrap();

    let text = unique("shadowed");
    let string = String { text: text.clone() };
    let shadowed = Shadowed::start(&client, string, Option(2), Result(3)).task_queue(&queue).await.unwrap();
    assert_eq!(shadowed.workflow_id(), format!("shadowed-{text}"));
    assert_eq!(shadowed.heard().await.unwrap(), Result(text.len() as u8));
    assert_eq!(shadowed.finish(Option(9)).await.unwrap(), Option(9));
    assert_eq!(shadowed.result().await.unwrap(), Vec(6));

    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn modules_with_names_of_crates_are_the_users_own() {
    use hygiene::shadows::crates::{Greeting, worker};
    let client = client().await;
    let queue = unique("crates");
    let worker = worker(&client, &queue).start().unwrap();

    let greeting = Greeting::start(&client, unique("Ada"), None).task_queue(&queue).await.unwrap();
    assert!(greeting.result().await.unwrap().ends_with(" None"));

    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn handlers_may_be_called_like_methods_of_handles() {
    use hygiene::neighbours::Neighbours;
    let client = client().await;
    let queue = unique("neighbours");
    let worker = Worker::new(&client, &queue).workflow::<Neighbours>().start().unwrap();

    let name = unique("neighbour");
    let neighbours = Neighbours::start(&client, &name).task_queue(&queue).await.unwrap();
    let neighbours = Neighbours::handle(&client, neighbours.workflow_id());
    neighbours.from("from").await.unwrap();
    assert_eq!(neighbours.name().await.unwrap(), "1 1 2");
    assert_eq!(neighbours.by_id().await.unwrap(), 2);
    assert_eq!(neighbours.fmt().await.unwrap(), 4);
    assert_eq!(neighbours.init(5).await.unwrap(), 5);
    assert_eq!(neighbours.dispatch_signal(6).await.unwrap(), 6);
    assert_eq!(neighbours.register().await.unwrap(), 8);
    neighbours.new("new").await.unwrap();
    assert_eq!(neighbours.result().await.unwrap(), ["from", "new", &name]);

    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_workflow_in_the_body_of_a_function_runs() {
    let client = client().await;
    let queue = unique("places");
    let worker = hygiene::places::worker(&client, &queue).start().unwrap();

    let apart = hygiene::places::state::Apart::start(&client, "last").id(unique("apart")).task_queue(&queue);
    let apart = apart.await.unwrap();
    apart.see("first").await.unwrap();
    assert_eq!(apart.result().await.unwrap(), ["first", "last", "7"]);

    // Nobody but the function can name the other one: it takes a start without types.
    #[workflow(name = "inside")]
    #[derive(Default)]
    struct Inside;

    #[workflow]
    impl Inside {
        #[run]
        async fn run(_first: HashMap<String, u8>) -> u8 {
            0
        }

        #[signal]
        fn give(&mut self, _local: HashMap<String, u8>) {}
    }

    let local = |number| HashMap::from([("number".to_owned(), number)]);
    let inside = Inside::start(&client, local(1)).id(unique("inside")).task_queue(&queue).await.unwrap();
    inside.give(local(2)).await.unwrap();
    assert_eq!(inside.result().await.unwrap(), 113);

    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn types_are_what_the_compiler_says() {
    use hygiene::shapes::{SelfOwner, Shapes, Sums, twelve};
    let client = client().await;
    let queue = unique("shapes");
    let worker = Worker::new(&client, &queue)
        .workflow::<Shapes>()
        .workflow::<Sums>()
        .activity::<twelve>()
        .activities(SelfOwner(10))
        .start()
        .unwrap();

    let table = HashMap::from([("a".to_owned(), vec![Some(1), None, Some(2)])]);
    let text = unique("shapes");
    let shapes = Shapes::start(&client, text.clone(), table.clone(), None).task_queue(&queue).await.unwrap();
    assert_eq!(shapes.table(table.clone()).await.unwrap(), table);
    let state = shapes.state().await.unwrap();
    shapes.replace(state).await.unwrap();
    assert_eq!(shapes.finish(None).await.unwrap().len(), 1);
    // 1 to 15, but for the 12 that comes as text, and that text.
    assert_eq!(shapes.result().await.unwrap(), format!("{text} of Shapes 2 None 120 "));

    let sum = Sums::start(&client).id(unique("sums")).task_queue(&queue).execute().await.unwrap();
    assert_eq!(sum.unwrap().0, 22);

    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn the_crate_may_have_another_name() {
    use hygiene::facade::{Renamed, RenamedOwner, renamed_activity};
    let client = client().await;
    let queue = unique("facade");
    let worker = Worker::new(&client, &queue)
        .workflow::<Renamed>()
        .activity::<renamed_activity>()
        .activities(RenamedOwner)
        .start()
        .unwrap();

    let renamed = Renamed::start(&client, 5).id(unique("facade")).task_queue(&queue).await.unwrap();
    renamed.finish().await.unwrap();
    assert_eq!(renamed.result().await.unwrap(), 5);

    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn private_types_and_their_workflows_register() {
    let client = client().await;
    let queue = unique("private");
    let worker = hygiene::private::worker(&client, &queue).start().unwrap();
    worker.shutdown().await.unwrap();
    let aging = hygiene::user_attributes::worker(&client, &queue).start().unwrap();
    aging.shutdown().await.unwrap();
}

#[test]
fn one_dependency_is_enough() {
    let manifest = include_str!("../Cargo.toml");
    assert!(manifest.contains("\ndurably = ") && !manifest.contains("temporalio"), "{manifest}");
}

#[test]
fn failures_made_by_a_macro_say_what_they_should() {
    use hygiene::failures::macros::MadeError;
    let made = MadeError::Made { reason: "sand".into() };
    let own = MadeError::Own { reason: "wood".into(), count: 3 };
    let said = [made.to_string(), own.to_string(), MadeError::Numbered("two".into()).to_string()];
    assert_eq!(said, ["made of sand", "own wood 3", "of two"]);
    assert_eq!(durably::failure_type!(MadeError::Made), "made");
}
