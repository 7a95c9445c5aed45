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

#[tokio::test]
async fn a_list_goes_on_from_page_to_page() {
    let client = client().await;
    search_attribute(&client, TEAM.name()).await;
    let team = unique("team");
    let mut schedules = Vec::new();
    for _ in 0..3 {
        let create = Report::schedule(&client, unique("paged"), unique("Ada"), 7).task_queue("nobody-polls");
        let create = create.calendar(yearly()).search_attributes(SearchAttributes::new([TEAM.value_set(team.clone())]));
        schedules.push(create.create().await.unwrap());
    }
    let filter = format!("{} = '{team}'", TEAM.name());
    let listed = eventually(|| async {
        let listed: Vec<_> = find_schedules(&client, &filter).page_size(2).try_collect().await.unwrap();
        if listed.len() == 3 { Ok(listed) } else { Err(format!("{} are listed", listed.len())) }
    })
    .await;
    for schedule in schedules {
        assert_eq!(listed.iter().filter(|listed| listed.schedule_id() == schedule.schedule_id()).count(), 1);
        schedule.delete().await.unwrap();
    }
}
