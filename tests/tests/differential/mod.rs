//! Random programs on the real server and on the embedded one: their histories must be the same.
//!
//! | variable | says | without it |
//! | --- | --- | --- |
//! | `DURABLY_DIFFERENTIAL_PROGRAMS` | how many programs | 25 |
//! | `DURABLY_DIFFERENTIAL_SEED` | the seed of the first one | 1 |
//! | `DURABLY_DIFFERENTIAL_DUMP` | a folder for what is compared, as text | it is not kept |

mod activities;
mod compare;
mod generate;
mod interpret;
mod normalise;
mod program;
mod script;
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

use program::Program;
use servers::Side;

/// How many programs run at a time.
const AT_A_TIME: usize = 32;

fn number(variable: &str, default: u64) -> u64 {
    env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// What differs, for people; `None` if nothing does.
async fn difference(real: &Side, embedded: &Side, program: &Program, id: &str) -> Option<String> {
    let (on_real, on_embedded) =
        tokio::join!(script::play(&real.client, program, id), script::play(&embedded.client, program, id));
    let (on_real, on_embedded) = match (on_real, on_embedded) {
        (Ok(on_real), Ok(on_embedded)) => (on_real, on_embedded),
        (Err(error), Ok(_)) => return Some(format!("it does not run on the real server: {error}")),
        (Ok(_), Err(error)) => return Some(format!("it does not run on the embedded server: {error}")),
        (Err(error), Err(other)) => {
            return Some(format!("it runs on neither server: {error}\nand on the embedded one: {other}"));
        }
    };
    let (on_real, on_embedded) = (normalise::record(&on_real), normalise::record(&on_embedded));
    if let Some(folder) = env::var_os("DURABLY_DIFFERENTIAL_DUMP").map(std::path::PathBuf::from) {
        std::fs::write(folder.join(format!("{id}.real")), on_real.join("\n")).unwrap();
        std::fs::write(folder.join(format!("{id}.embedded")), on_embedded.join("\n")).unwrap();
    }
    let at = compare::first_difference(&on_real, &on_embedded)?;
    Some(compare::side_by_side(&on_real, &on_embedded, at))
}

#[tokio::test(flavor = "multi_thread")]
async fn random_programs_have_the_same_histories_on_both_servers() {
    let first = number("DURABLY_DIFFERENTIAL_SEED", 1);
    let programs = number("DURABLY_DIFFERENTIAL_PROGRAMS", 25);
    let (real, embedded) = tokio::join!(Side::real(), Side::embedded());
    // The first workflow on a server takes longer.
    let _ = difference(&real, &embedded, &Program::default(), "warm-up").await;
    let sides = Arc::new((real, embedded));
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
                if let Some(difference) = difference(&sides.0, &sides.1, &program, &format!("program-{seed}")).await {
                    found.push((seed, program, difference));
                }
            }
        })
    });
    let mut found = Vec::new();
    for player in players.collect::<Vec<_>>() {
        found.extend(player.await.unwrap());
    }
    eprintln!("{programs} programs from seed {first} in {:?}", began.elapsed());
    found.sort_by_key(|(seed, ..)| *seed);
    for (seed, program, difference) in &found {
        eprintln!("seed {seed}: {program:#?}\n{difference}");
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
