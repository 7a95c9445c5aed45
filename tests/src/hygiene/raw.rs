//! Raw identifiers wherever a name may be one.

use durably::prelude::*;

/// A workflow whose name is a keyword.
#[workflow]
#[derive(Default)]
#[allow(non_camel_case_types)]
pub struct r#struct {
    r#loop: u8,
}

#[workflow]
impl r#struct {
    /// Runs.
    #[run(id = "raw-{type}-{move.fn}")]
    async fn run(ctx: &WorkflowContext<Self>, r#type: String, r#move: Moved) -> WorkflowResult<String> {
        ctx.wait_condition(|w| w.r#loop > 0).await?;
        let text = r#match::execute(ctx, r#type, r#move.r#fn).await?;
        Ok(r#enum::activities(ctx).r#use(text).await?)
    }

    #[signal]
    fn r#match(&mut self, r#loop: u8) {
        self.r#loop = r#loop;
    }

    #[query]
    fn r#where(&self) -> u8 {
        self.r#loop
    }

    #[update]
    fn r#while(&mut self, r#if: u8) -> u8 {
        self.r#loop + r#if
    }

    #[update_validator(r#while)]
    fn r#for(&self, _if: &u8) -> Result<(), ApplicationFailure> {
        Ok(())
    }
}

/// An argument with a field that is a keyword.
#[derive(serde::Serialize, serde::Deserialize)]
pub struct Moved {
    /// It.
    pub r#fn: u8,
}

/// An activity whose name is a keyword.
#[activity(start_to_close_timeout = "10s")]
pub async fn r#match(r#match: String, r#fn: u8) -> String {
    format!("{match} {fn}", r#match = r#match, r#fn = r#fn)
}

/// Owns activities.
#[allow(non_camel_case_types)]
pub struct r#enum;

#[activities]
impl r#enum {
    /// One whose name is a keyword.
    #[activity(start_to_close_timeout = "10s")]
    pub fn r#use(&self, r#use: String) -> String {
        r#use
    }
}
