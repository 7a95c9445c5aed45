//! Types as the compiler knows them, however they are spelled.

use std::collections::{BTreeMap, HashMap};

use durably::prelude::*;
use serde::{Deserialize, Serialize};

type Context<'a> = &'a WorkflowContext<Shapes>;
type Ctx<W> = WorkflowContext<W>;
type Answer<T> = Result<T, ApplicationFailure>;
type Ended = WorkflowResult<Text>;
type Text = String;
type Table = HashMap<String, Vec<Option<u8>>>;
type Maybe = Option<u32>;

/// Its types are spelled in every way but the plain one.
#[workflow(task_queue = "shapes")]
#[derive(Default, Serialize, Deserialize)]
pub struct Shapes {
    text: Text,
    done: bool,
}

#[workflow]
impl Shapes {
    /// Runs.
    #[run(id = "shapes-{text}")]
    async fn run(ctx: &Ctx<Self>, text: Text, table: Table, maybe: Maybe) -> Ended {
        ctx.wait_condition(|w| w.done).await?;
        let helped = Self::help(ctx, &text);
        #[durably::allow(nondeterminism, reason = "a count is the same in any order")]
        let cells = table.values().flatten().flatten().count();
        let sum = twelve::execute(ctx, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, "12", (13, [14, 15])).await?;
        Ok(format!("{helped} {cells} {maybe:?} {sum} {}", ctx.state(|w| w.text.clone())))
    }

    fn help(ctx: Context<'_>, text: &str) -> Text {
        format!("{text} of {}", ctx.info().workflow_type())
    }

    /// The state itself comes as an argument, by the name it has inside.
    #[signal]
    fn replace(&mut self, other: Self) {
        *self = other;
    }

    #[signal]
    fn replace_last(&mut self, others: Vec<Self>, _maybe: Option<Box<Self>>, _table: BTreeMap<String, (Self, u8)>) {
        self.text = others.into_iter().last().map(|other| other.text).unwrap_or_default();
    }

    #[query]
    fn state(&self) -> Self {
        Self { text: self.text.clone(), done: self.done }
    }

    #[query]
    fn table(&self, table: Table) -> Table {
        table
    }

    #[update]
    fn finish(&mut self, other: Option<Self>) -> Answer<Vec<Self>> {
        if let Some(other) = other {
            *self = other;
        }
        self.done = true;
        Ok(vec![self.state()])
    }

    #[update_validator(finish)]
    fn check_finish(&self, other: &Option<Self>) -> Answer<()> {
        match other {
            Some(other) if other.text.is_empty() => Err(ApplicationFailure::non_retryable("no text")),
            _ => Ok(()),
        }
    }
}

/// More arguments than any tuple with an implementation for each length would have room for.
#[allow(clippy::too_many_arguments)]
#[activity(start_to_close_timeout = "10s")]
pub async fn twelve(
    a: u8,
    b: u8,
    c: u8,
    d: u8,
    e: u8,
    f: u8,
    g: u8,
    h: u8,
    i: u8,
    j: u8,
    k: u8,
    l: String,
    m: (u8, [u8; 2]),
) -> Answer<u32> {
    let numbers = [a, b, c, d, e, f, g, h, i, j, k, m.0, m.1[0], m.1[1]];
    let last: u32 = l.parse().map_err(ApplicationFailure::new)?;
    Ok(numbers.into_iter().map(u32::from).sum::<u32>() + last)
}

/// Owns activities that speak of itself.
#[derive(Serialize, Deserialize, Clone)]
pub struct SelfOwner(pub u8);

#[activities]
impl SelfOwner {
    /// Of its own type.
    #[activity(start_to_close_timeout = "10s")]
    pub async fn add(&self, other: Self) -> ActivityResult<Self> {
        Ok(Self(self.0 + other.0))
    }

    /// And of types of it.
    #[activity(start_to_close_timeout = "10s")]
    pub fn sum(others: Vec<Self>, more: Option<Self>) -> Option<Self> {
        others.into_iter().chain(more).reduce(|one, other| Self(one.0 + other.0))
    }
}

/// Calls them.
#[workflow]
#[derive(Default)]
pub struct Sums;

#[workflow]
impl Sums {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Option<SelfOwner>> {
        let owner = SelfOwner::activities(ctx);
        let first = owner.add(SelfOwner(1)).await?;
        Ok(owner.sum(vec![first.clone(), first], None).await?)
    }
}
