//! Opening a file, or making one.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use redb::{Database, DatabaseError, StorageError, TableHandle};

use super::{CACHE_BYTES, Contents, FORMAT, Failed, File, META, META_FORMAT, META_OPENED, OpenError, Problem};

impl File {
    /// Opens a file and reads all that is in it; makes a new one if there is none.
    ///
    /// Errors: it is no such file, it is damaged, of a later format, or in use; or those of the disk.
    pub(crate) fn open(path: &Path) -> Result<(Self, Contents), OpenError> {
        let at = |problem| OpenError::new(path, problem);
        if path.is_dir() {
            return Err(at(Problem::Directory));
        }
        // What is damaged in an odd way makes the store panic.
        let opened = catch_unwind(AssertUnwindSafe(|| {
            if !path.try_exists()? || path.metadata()?.len() == 0 {
                create(path)?;
            }
            let database = builder().open(path).map_err(problem)?;
            let contents = read(&database)?;
            Ok((Self { path: path.to_owned(), database }, contents))
        }));
        opened.unwrap_or_else(|_| Err(Problem::Damaged("its structure is not whole".into()))).map_err(at)
    }
}

fn builder() -> redb::Builder {
    let mut builder = Database::builder();
    // The format that later versions of `redb` can read.
    builder.set_cache_size(CACHE_BYTES).create_with_file_format_v3(true);
    builder
}

/// Makes a file that is there as a whole or not at all, whenever the process is killed.
fn create(path: &Path) -> Result<(), Problem> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", uuid::Uuid::new_v4()));
    let new = Unfinished(path.with_file_name(name));
    let database = builder().create(&new.0).map_err(problem)?;
    begin(&database).map_err(other)?;
    drop(database);
    match std::fs::hard_link(&new.0, path) {
        Ok(()) => Ok(()),
        // An empty file, or one that another server has just made.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.metadata()?.len() > 0 => Ok(()),
        // There may be no links on that disk.
        Err(_) => Ok(std::fs::rename(&new.0, path)?),
    }
}

/// A file that goes away unless it has got its name.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        // It may have been renamed.
        let _ = std::fs::remove_file(&self.0);
    }
}

fn begin(database: &Database) -> Result<(), Failed> {
    let transaction = database.begin_write()?;
    transaction.open_table(META)?.insert(META_FORMAT, FORMAT)?;
    transaction.commit()?;
    Ok(())
}

/// Checks the format, reads everything, and notes that it was opened once more.
fn read(database: &Database) -> Result<Contents, Problem> {
    let transaction = database.begin_read().map_err(other)?;
    let ours = transaction.list_tables().map_err(other)?.any(|table| table.name() == META.name());
    if !ours {
        return Err(Problem::Damaged("it belongs to another program".into()));
    }
    let format = {
        let meta = transaction.open_table(META).map_err(other)?;
        meta.get(META_FORMAT).map_err(other)?.map(|format| format.value())
    };
    match format {
        Some(FORMAT) => {}
        Some(later) if later > FORMAT => return Err(Problem::Newer(later)),
        _ => return Err(Problem::Damaged("its format is missing".into())),
    }
    let contents = super::read::contents(&transaction).map_err(other)?;
    drop(transaction);
    note_opened(database, contents.opened + 1).map_err(other)?;
    Ok(contents)
}

fn note_opened(database: &Database, opened: u64) -> Result<(), Failed> {
    let transaction = database.begin_write()?;
    transaction.open_table(META)?.insert(META_OPENED, opened)?;
    transaction.commit()?;
    Ok(())
}

fn problem(error: DatabaseError) -> Problem {
    match error {
        DatabaseError::DatabaseAlreadyOpen => Problem::InUse,
        DatabaseError::Storage(error) => storage(error),
        other => Problem::Damaged(other.to_string()),
    }
}

fn storage(error: StorageError) -> Problem {
    match error {
        StorageError::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
            Problem::Damaged("its first bytes are others".into())
        }
        StorageError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            Problem::Damaged("its end is missing".into())
        }
        StorageError::Io(error) => Problem::Io(error),
        other => Problem::Damaged(other.to_string()),
    }
}

fn other(error: impl Into<Failed>) -> Problem {
    match error.into().into_inner() {
        redb::Error::Io(error) => storage(StorageError::Io(error)),
        other => Problem::Damaged(other.to_string()),
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
