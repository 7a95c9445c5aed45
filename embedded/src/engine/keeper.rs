//! Writing to the file what has changed, and letting nobody see anything before that.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread::JoinHandle,
};

use tokio::sync::watch;
use tonic::Status;

use super::{Engine, Shared, SkipRules};
use crate::{
    limits::Limits,
    store::{Failed, File, OpenError},
};

/// How far the file has come. Changes are counted; one thread writes them, all that have come while it wrote those before.
pub(super) struct Keeper {
    changes: AtomicU64,
    kept: watch::Sender<Kept>,
    closing: AtomicBool,
    writer: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Clone, Debug)]
enum Kept {
    /// So many changes are in the file.
    UpTo(u64),
    /// Nothing is written any more, for this reason.
    Failed(String),
}

impl Keeper {
    fn new() -> Self {
        let (kept, _) = watch::channel(Kept::UpTo(0));
        Self { changes: AtomicU64::new(0), kept, closing: AtomicBool::new(false), writer: Mutex::new(None) }
    }

    /// There is one more change. The engine is locked.
    pub(super) fn changed(&self) {
        self.changes.fetch_add(1, Ordering::AcqRel);
    }

    /// Waits until everything that has changed so far is in the file.
    ///
    /// Errors: `UNAVAILABLE`; nothing can be written any more.
    async fn settled(&self) -> Result<(), Status> {
        let changes = self.changes.load(Ordering::Acquire);
        self.reaches(|kept| matches!(kept, Kept::UpTo(count) if *count >= changes)).await
    }

    /// Errors: `UNAVAILABLE`; nothing can be written any more.
    async fn reaches(&self, enough: impl Fn(&Kept) -> bool) -> Result<(), Status> {
        let mut kept = self.kept.subscribe();
        let reached = kept.wait_for(|kept| matches!(kept, Kept::Failed(_)) || enough(kept)).await;
        match reached.as_deref() {
            Ok(Kept::UpTo(_)) => Ok(()),
            Ok(Kept::Failed(reason)) => Err(Status::unavailable(reason.as_str())),
            Err(_) => Err(Status::unavailable("the server has stopped")),
        }
    }
}

impl Shared {
    /// What was in the file, which is written to from now on by a thread of its own.
    ///
    /// Errors: the file cannot be opened.
    pub(crate) fn open(
        limits: Limits,
        namespaces: &[String],
        skips: bool,
        rules: SkipRules,
        path: &Path,
    ) -> Result<Arc<Self>, OpenError> {
        let (file, contents) = File::open(path)?;
        let engine = Engine::restored(limits, namespaces, skips, rules, contents);
        let engine = engine.map_err(|damaged| OpenError::damaged(path, damaged))?;
        let shared = Arc::new(Self { keeper: Some(Keeper::new()), ..Self::of(engine) });
        // The namespaces are there before anybody asks.
        shared.with(|_| ());
        let writer = {
            let shared = Arc::clone(&shared);
            std::thread::Builder::new().name("durably-file".into()).spawn(move || shared.write(&file))
        };
        let writer = writer.map_err(|error| OpenError::io(path, error))?;
        if let Some(keeper) = &shared.keeper {
            *keeper.writer.lock().unwrap_or_else(PoisonError::into_inner) = Some(writer);
        }
        Ok(shared)
    }

    /// An answer, once all that it may say is in the file. It is an error, and comes at once, if that cannot be.
    pub(crate) async fn kept<T>(&self, answer: impl Future<Output = Result<T, Status>>) -> Result<T, Status> {
        let Some(keeper) = &self.keeper else { return answer.await };
        let answer = tokio::select! {
            biased;
            Err(failed) = keeper.reaches(|_| false) => return Err(failed),
            answer = answer => answer,
        };
        keeper.settled().await?;
        answer
    }

    /// Writes what is left, and gives the file free.
    pub(crate) fn close(&self) {
        let Some(keeper) = &self.keeper else { return };
        {
            let _engine = self.lock();
            keeper.closing.store(true, Ordering::Release);
        }
        self.changed.notify_all();
        let writer = keeper.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(writer) = writer {
            // It does not panic.
            let _ = writer.join();
        }
    }

    fn write(&self, file: &File) {
        let Some(keeper) = &self.keeper else { return };
        let end = catch_unwind(AssertUnwindSafe(|| self.write_changes(keeper, file)));
        let reason = match end {
            Ok(Ok(())) => "the server has stopped".to_owned(),
            Ok(Err(error)) => failed(file.path(), &error.to_string()),
            Err(_) => failed(file.path(), "its structure is not whole"),
        };
        self.lock().forget_changes();
        keeper.kept.send_replace(Kept::Failed(reason));
    }

    fn write_changes(&self, keeper: &Keeper, file: &File) -> Result<(), Failed> {
        let mut engine = self.lock();
        loop {
            let Some(batch) = engine.take_batch() else {
                if keeper.closing.load(Ordering::Acquire) {
                    return Ok(());
                }
                engine = self.changed.wait(engine).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let changes = keeper.changes.load(Ordering::Acquire);
            drop(engine);
            file.write(&batch)?;
            keeper.kept.send_replace(Kept::UpTo(changes));
            engine = self.lock();
        }
    }
}

fn failed(path: &Path, cause: &str) -> String {
    let path = path.display();
    format!(
        "the server cannot write to {path} any more ({cause}); everything it has answered is there: see to the disk, and start the server again"
    )
}
