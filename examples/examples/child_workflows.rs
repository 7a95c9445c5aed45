//! Child workflows: workflows that a workflow starts.
//!
//! What one learns: a child is called like an activity if only its result matters, or started for a handle to signal it and
//! to await it later; several run at the same time with `join_all`; what becomes of a child when its parent ends is an option
//! of the start; a child that fails is an error its parent can look at.
//!
//! ```text
//! executed:  "Beginning" has 9 letters
//! signalled: "Middle" has 6 letters, says Grace
//! together:  [3, 8, 5]
//! failed:    a chapter needs a title
//! abandoned: workflow `printing-Fables` goes on
//! result:    printed 100 copies of Fables
//! ```

use durably::{ParentClosePolicy, calls::ChildWorkflowError, join_all, prelude::*};

/// One chapter. A child runs on the task queue of its parent, so it needs none of its own.
#[workflow]
#[derive(Default)]
struct Chapter {
    editor: Option<String>,
}

#[workflow]
impl Chapter {
    /// Counts the letters of the title; with `edited`, an editor has to agree first.
    #[run(id = "chapter-{title}")]
    async fn run(ctx: &WorkflowContext<Self>, title: String, edited: bool) -> WorkflowResult<(usize, Option<String>)> {
        if title.is_empty() {
            return Err(ApplicationFailure::non_retryable("a chapter needs a title").into());
        }
        ctx.wait_condition(|w| !edited || w.editor.is_some()).await?;
        Ok((title.len(), ctx.state(|w| w.editor.clone())))
    }

    /// An editor agrees.
    #[signal]
    fn agree(&mut self, editor: String) {
        self.editor = Some(editor);
    }
}

/// Outlives the workflow that starts it.
#[workflow(task_queue = "child-workflows")]
#[derive(Default)]
struct Printing {
    copies: u32,
}

#[workflow]
impl Printing {
    #[run(id = "printing-{title}")]
    async fn run(ctx: &WorkflowContext<Self>, title: String) -> WorkflowResult<String> {
        ctx.wait_condition(|w| w.copies > 0).await?;
        Ok(format!("printed {} copies of {title}", ctx.state(|w| w.copies)))
    }

    /// How many people want it.
    #[signal]
    fn order(&mut self, copies: u32) {
        self.copies += copies;
    }
}

/// A book is made of its chapters.
#[workflow(task_queue = "child-workflows", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Book;

#[workflow]
impl Book {
    #[run(id = "book-{title}")]
    async fn run(ctx: &WorkflowContext<Self>, title: String) -> WorkflowResult<Vec<String>> {
        // Starts the child and waits for its result.
        let (letters, _) = Chapter::child(ctx, "Beginning", false).execute().await?;
        let mut report = vec![format!("executed:  \"Beginning\" has {letters} letters")];

        // Starts the child, then does something with it.
        let middle = Chapter::child(ctx, "Middle", true).await?;
        middle.agree("Grace").await?;
        let (letters, editor) = middle.result().await?;
        report.push(format!("signalled: \"Middle\" has {letters} letters, says {}", editor.unwrap_or_default()));

        // All at the same time.
        let chapters = ["End", "Epilogue", "Index"].map(|title| Chapter::child(ctx, title, false).execute());
        let mut lengths = Vec::new();
        for chapter in join_all(chapters).await {
            lengths.push(chapter?.0);
        }
        report.push(format!("together:  {lengths:?}"));

        // A child that fails does not fail its parent, unless that says `?`.
        if let Err(ChildWorkflowError::Execution(error)) = Chapter::child(ctx, "", false).execute().await {
            let reason = error.reason().map(ToString::to_string).unwrap_or_default();
            report.push(format!("failed:    {reason}"));
        }

        // Goes on when this workflow has ended.
        let printing = Printing::child(ctx, title).parent_close_policy(ParentClosePolicy::Abandon).await?;
        report.push(format!("abandoned: workflow `{}` goes on", printing.workflow_id()));
        Ok(report)
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = durably::client().await?;
    let worker = Worker::new(&client, "child-workflows")
        .workflow::<Book>()
        .workflow::<Chapter>()
        .workflow::<Printing>()
        .start()?;

    // One that an earlier run of this program may have left, since its parent abandons it.
    let _ = Printing::handle(&client, "printing-Fables").terminate().await;
    for line in Book::start(&client, "Fables").execute().await? {
        println!("{line}");
    }
    let printing = Printing::handle(&client, "printing-Fables");
    printing.order(100).await?;
    println!("result:    {}", printing.result().await?);

    worker.shutdown().await?;
    Ok(())
}
