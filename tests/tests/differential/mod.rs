//! Random programs on the real server and on the embedded one: their histories must be the same.
//!
//! | variable | says | without it |
//! | --- | --- | --- |
//! | `DURABLY_DIFFERENTIAL_PROGRAMS` | how many programs | 25 |
//! | `DURABLY_DIFFERENTIAL_SEED` | the seed of the first one | 1 |
//! | `DURABLY_DIFFERENTIAL_DUMP` | a folder for what is compared, as text | it is not kept |

mod activities;
mod allowed;
mod compare;
mod generate;
mod interpret;
mod marks;
mod normalise;
mod outcome;
mod program;
mod record;
mod script;
mod self_test;
mod servers;
mod stage;

use std::{
    env,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use outcome::Outcome;
use program::Program;
use record::Record;
use servers::Side;

/// How many programs run at a time.
const AT_A_TIME: usize = 24;

fn number(variable: &str, default: u64) -> u64 {
    env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// What differs, for people.
struct Difference {
    text: String,
    /// A server, or this process, may have been too slow for the program to be itself.
    is_disturbed: bool,
}

async fn difference(sides: &(Side, Side), program: &Program, id: &str) -> Option<Difference> {
    let (real, embedded) =
        tokio::join!(script::play(&sides.0.client, program, id), script::play(&sides.1.client, program, id));
    let disturbed = |record: &Outcome<Record>| record.as_ref().map_or(true, Record::is_disturbed);
    let is_disturbed = disturbed(&real) || disturbed(&embedded);
    compared(real, embedded, id).map(|text| Difference { text, is_disturbed })
}

/// Runs a program that was disturbed again, as another workflow, with nothing else running.
async fn again(sides: &(Side, Side), seed: u64, program: &Program, mut found: Difference) -> Option<Difference> {
    const ATTEMPTS: usize = 3;
    for attempt in 1..=ATTEMPTS {
        if !found.is_disturbed {
            break;
        }
        found = difference(sides, program, &format!("program-{seed}-again-{attempt}")).await?;
    }
    Some(found)
}

fn compared(real: Outcome<Record>, embedded: Outcome<Record>, id: &str) -> Option<String> {
    let (real, embedded) = match (real, embedded) {
        (Ok(real), Ok(embedded)) => (normalise::record(&real), normalise::record(&embedded)),
        (Err(error), Ok(_)) => return Some(format!("it does not run on the real server: {error}")),
        (Ok(_), Err(error)) => return Some(format!("it does not run on the embedded server: {error}")),
        (Err(error), Err(other)) => {
            return Some(format!("it runs on neither server: {error}\nand on the embedded one: {other}"));
        }
    };
    if let Some(folder) = env::var_os("DURABLY_DIFFERENTIAL_DUMP").map(std::path::PathBuf::from) {
        std::fs::write(folder.join(format!("{id}.real")), real.join("\n")).unwrap();
        std::fs::write(folder.join(format!("{id}.embedded")), embedded.join("\n")).unwrap();
    }
    let at = compare::first_difference(&real, &embedded)?;
    Some(compare::side_by_side(&real, &embedded, at))
}

#[tokio::test(flavor = "multi_thread")]
async fn random_programs_have_the_same_histories_on_both_servers() {
    let first = number("DURABLY_DIFFERENTIAL_SEED", 1);
    let programs = number("DURABLY_DIFFERENTIAL_PROGRAMS", 25);
    let Some(real) = Side::real().await else { return };
    let sides = Arc::new((real, Side::embedded().await));
    // The first workflow on a server takes longer.
    let _ = difference(&sides, &Program::default(), "warm-up").await;
    let next = Arc::new(AtomicU64::new(first));
    let began = Instant::now();
    let players = (0..AT_A_TIME).map(|_| {
        let (sides, next) = (Arc::clone(&sides), Arc::clone(&next));
        tokio::spawn(async move {
            let mut found = Vec::new();
            loop {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed >= first + programs {
                    return found;
                }
                let program = generate::program(seed);
                if let Some(difference) = difference(&sides, &program, &format!("program-{seed}")).await {
                    found.push((seed, program, difference));
                }
            }
        })
    });
    let mut differ = Vec::new();
    for player in players.collect::<Vec<_>>() {
        differ.extend(player.await.unwrap());
    }
    let mut found = Vec::new();
    for (seed, program, difference) in differ {
        found.extend(again(&sides, seed, &program, difference).await.map(|difference| (seed, program, difference)));
    }
    eprintln!("{programs} programs from seed {first} in {:?}", began.elapsed());
    found.sort_by_key(|(seed, ..)| *seed);
    for (seed, program, difference) in &found {
        eprintln!("seed {seed}: {program:#?}\n{}", difference.text);
    }
    let seeds: Vec<_> = found.iter().map(|(seed, ..)| seed).collect();
    let sides = Arc::into_inner(sides).unwrap();
    tokio::join!(sides.0.stop(), sides.1.stop());
    assert!(
        seeds.is_empty(),
        "{} of {programs} programs differ, with the seeds {seeds:?}. One alone:\n\
         DURABLY_DIFFERENTIAL_SEED={} DURABLY_DIFFERENTIAL_PROGRAMS=1 cargo test --test main -- differential --nocapture",
        seeds.len(),
        seeds.first().unwrap_or(&&first),
    );
}
