//! A schedule that a program in Python has made.

use durably_tests::{address, python, unique, with_worker};

use super::*;

#[tokio::test]
async fn a_schedule_of_another_sdk_is_read_and_changed() {
    with_worker(
        |worker| worker.workflow::<Report>(),
        async |client, queue| {
            let (id, name) = (unique("pythonic"), unique("Ada"));
            let Some(made) = python::run_client("report_schedule.py", &[address(), queue, &id, &name]).await else {
                return;
            };
            assert_eq!(made["schedule"], *id);

            let schedule = Report::schedule_handle(client, &id);
            let before = schedule.describe().await.unwrap();
            assert_eq!(before.arguments().await.unwrap(), (name.clone(), (7, ())));
            assert_eq!((before.note(), before.paused()), (Some("made in Python"), true));

            let grace = unique("Grace");
            schedule.update(|schedule| schedule.arguments(Report::arguments(&grace, 9))).await.unwrap();
            let after = schedule.describe().await.unwrap();
            assert_eq!(after.arguments().await.unwrap(), (grace.clone(), (9, ())));
            let [mut before, mut after] = [before, after].map(|described| described.raw().schedule.clone().unwrap());
            for schedule in [&mut before, &mut after] {
                super::update::start(schedule).input = None;
            }
            assert_eq!(after, before, "the rest is as Python has made it");

            schedule.trigger().await.unwrap();
            let report = Report::handle(client, started(&schedule, 1).await.remove(0));
            assert_eq!(report.result().await.unwrap(), format!("{grace}: 9 pages"));
            schedule.delete().await.unwrap();
        },
    )
    .await;
}
