//! The recorded workflows, each with a change that a run of before must not meet.

/// Something is weighed once more.
pub(super) mod another_activity {
    use durably::prelude::*;

    use crate::replay::parcel::{send, weigh};

    #[workflow]
    #[derive(Default)]
    pub(in crate::replay) struct Parcel {
        articles: Vec<String>,
        sealed: bool,
    }

    #[workflow]
    impl Parcel {
        #[run]
        async fn run(ctx: &WorkflowContext<Self>, to: String) -> WorkflowResult<String> {
            let mut weight = 0;
            loop {
                ctx.wait_condition(|w| w.sealed || !w.articles.is_empty()).await?;
                let Some(article) = ctx.state_mut(|w| w.articles.pop()) else { break };
                weight += weigh::execute(ctx, article).await?;
            }
            weight += weigh::execute(ctx, "wrapping").await?;
            Ok(send::execute(ctx, to, weight).await?)
        }

        #[signal]
        fn add(&mut self, article: String, count: usize) {
            self.articles.extend(vec![article; count]);
        }

        #[signal]
        fn seal(&mut self) {
            self.sealed = true;
        }

        #[update]
        fn add_now(&mut self, article: String) -> usize {
            let weight = article.len();
            self.articles.push(article);
            weight
        }
    }
}

/// It is sent before anything is weighed.
pub(super) mod another_order {
    use durably::prelude::*;

    use crate::replay::parcel::{send, weigh};

    #[workflow]
    #[derive(Default)]
    pub(in crate::replay) struct Parcel {
        articles: Vec<String>,
        sealed: bool,
    }

    #[workflow]
    impl Parcel {
        #[run]
        async fn run(ctx: &WorkflowContext<Self>, to: String) -> WorkflowResult<String> {
            ctx.wait_condition(|w| !w.articles.is_empty()).await?;
            let sent = send::execute(ctx, to, 0_usize).await?;
            loop {
                ctx.wait_condition(|w| w.sealed || !w.articles.is_empty()).await?;
                let Some(article) = ctx.state_mut(|w| w.articles.pop()) else { return Ok(sent) };
                weigh::execute(ctx, article).await?;
            }
        }

        #[signal]
        fn add(&mut self, article: String, count: usize) {
            self.articles.extend(vec![article; count]);
        }

        #[signal]
        fn seal(&mut self) {
            self.sealed = true;
        }

        #[update]
        fn add_now(&mut self, article: String) -> usize {
            let weight = article.len();
            self.articles.push(article);
            weight
        }
    }
}

/// What a child workflow did is an activity.
pub(super) mod no_child {
    use durably::prelude::*;

    use crate::replay::parcel::weigh;

    #[workflow]
    #[derive(Default)]
    pub(in crate::replay) struct Shipment;

    #[workflow]
    impl Shipment {
        #[run]
        async fn run(ctx: &WorkflowContext<Self>, id: String) -> WorkflowResult<(usize, bool)> {
            Ok((weigh::execute(ctx, id).await?, true))
        }
    }
}

/// It waits for ever.
pub(super) mod no_timer {
    use durably::prelude::*;

    #[workflow]
    #[derive(Default)]
    pub(in crate::replay) struct Deadline {
        answer: Option<String>,
    }

    #[workflow]
    impl Deadline {
        #[run]
        async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<(String, bool)> {
            ctx.wait_condition(|w| w.answer.is_some()).await?;
            Ok((ctx.state_mut(|w| w.answer.take()).unwrap_or_default(), false))
        }

        #[signal]
        fn answer(&mut self, answer: String) {
            self.answer = Some(answer);
        }
    }
}

/// It ends where it went on.
pub(super) mod no_next_run {
    use durably::prelude::*;

    #[workflow]
    #[derive(Default)]
    pub(in crate::replay) struct Count;

    #[workflow]
    impl Count {
        #[run]
        async fn run(ctx: &WorkflowContext<Self>, from: u32, _to: u32) -> WorkflowResult<u32> {
            ctx.timer(Duration::from_millis(1)).await;
            Ok(from)
        }
    }
}

/// Its update calls no activities any more.
pub(super) mod idle_handler {
    use durably::prelude::*;

    #[workflow]
    #[derive(Default)]
    pub(in crate::replay) struct Retouch {
        layers: usize,
    }

    #[workflow]
    impl Retouch {
        #[run]
        async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<String>> {
            ctx.wait_condition(|w| w.layers > 1).await?;
            Ok(Vec::new())
        }

        #[signal]
        fn paint(&mut self, _colour: String) {
            self.layers += 1;
        }

        #[update]
        async fn blend(ctx: &WorkflowContext<Self>, _one: String, _other: String) -> usize {
            ctx.timer(Duration::from_millis(1)).await;
            ctx.state_mut(|w| {
                w.layers += 1;
                w.layers
            })
        }

        #[signal]
        fn save(&mut self) {}
    }
}
