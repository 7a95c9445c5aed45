//! Listing schedules.

use durably::schedule::{find_schedules, list_schedules};
use durably::{SearchAttributeKey, SearchAttributes};
use durably_tests::{client, search_attribute, unique};
use futures_util::TryStreamExt;

use super::*;

const TEAM: SearchAttributeKey<String> = SearchAttributeKey::keyword("DurablyTeam");

#[tokio::test]
async fn a_schedule_appears_in_the_list() {
    let client = client().await;
    search_attribute(&client, TEAM.name()).await;
    let (id, team) = (unique("listed"), unique("team"));
    let create = Report::schedule(&client, &id, unique("Ada"), 7).task_queue("nobody-polls").calendar(yearly());
    let create = create.note("quarterly").memo(memo("Grace"));
    let schedule = create.search_attributes(SearchAttributes::new([TEAM.value_set(team.clone())])).create().await;
    let schedule = schedule.unwrap();
    let listed = eventually(|| async {
        let all: Vec<_> = list_schedules(&client).try_collect().await.map_err(|error| error.to_string())?;
        all.into_iter().find(|listed| listed.schedule_id() == id).ok_or_else(|| "it is not listed".to_owned())
    })
    .await;
    assert_eq!((listed.workflow_type(), listed.note(), listed.paused()), (Some("Report"), Some("quarterly"), false));
    assert_eq!(listed.memo().get::<String>("owner").unwrap().as_deref(), Some("Grace"));
    assert_eq!(listed.search_attributes().get(&TEAM).as_ref(), Some(&team));

    let filter = format!("{} = '{team}'", TEAM.name());
    let found: Vec<_> = find_schedules(&client, filter).try_collect().await.unwrap();
    assert_eq!(found.iter().map(|found| found.schedule_id()).collect::<Vec<_>>(), [id]);
    schedule.delete().await.unwrap();
}
