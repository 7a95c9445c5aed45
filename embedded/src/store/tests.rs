//! Files written and read again.

#[path = "../../tests/calls/directory.rs"]
mod directory;

use directory::TempDir;

use super::*;

fn pair(id: &str) -> Pair {
    ("default".to_owned(), id.to_owned())
}

fn reopened(file: File) -> (File, Contents) {
    let path = file.path().to_owned();
    drop(file);
    File::open(&path).unwrap()
}

fn new() -> (TempDir, File) {
    let directory = TempDir::new();
    let (file, contents) = File::open(&directory.path().join("new.db")).unwrap();
    assert_eq!((contents.opened, contents.runs.len()), (0, 0));
    (directory, file)
}

#[test]
fn what_was_written_is_read() {
    let (_directory, file) = new();
    let batch = Batch {
        skipped: 7,
        now: 9,
        namespaces: vec![("default".into(), Some(vec![1]))],
        runs: vec![(3, Some(vec![3])), (1 << 40, Some(vec![4]))],
        events: vec![((3, 0), vec![5]), ((3, 2), vec![6]), ((1 << 40, 0), vec![7])],
        latest: vec![(pair("w"), Some(3))],
        schedules: vec![(pair("s"), Some(vec![8])), (pair("gone"), Some(vec![]))],
        scheduled: vec![("run".into(), Some(pair("s")))],
        parents: vec![("child".into(), Some(3))],
    };
    file.write(&batch).unwrap();
    // Nothing of it is touched by this.
    file.write(&Batch { skipped: 8, now: 10, ..Batch::default() }).unwrap();
    let (file, contents) = reopened(file);
    assert_eq!((contents.opened, contents.skipped, contents.now), (1, 8, 10));
    assert_eq!(contents.namespaces, [("default".to_owned(), vec![1])]);
    let runs = |contents: Contents| contents.runs.into_iter().map(|run| (run.key, run.record, run.events));
    let expected = [(3, vec![3], vec![vec![5], vec![6]]), (1 << 40, vec![4], vec![vec![7]])];
    assert_eq!(contents.latest, [(pair("w"), 3)]);
    assert_eq!(contents.schedules, [(pair("gone"), vec![]), (pair("s"), vec![8])]);
    assert_eq!(contents.scheduled, [("run".to_owned(), pair("s"))]);
    assert_eq!(contents.parents, [("child".to_owned(), 3)]);
    assert_eq!(runs(contents).collect::<Vec<_>>(), expected);

    let gone = Batch {
        namespaces: vec![("default".into(), None)],
        runs: vec![(3, None)],
        latest: vec![(pair("w"), None)],
        schedules: vec![(pair("s"), None), (pair("gone"), None)],
        scheduled: vec![("run".into(), None)],
        parents: vec![("child".into(), None)],
        ..Batch::default()
    };
    file.write(&gone).unwrap();
    let (_file, contents) = reopened(file);
    assert_eq!((contents.namespaces.len(), contents.latest.len(), contents.schedules.len()), (0, 0, 0));
    assert_eq!((contents.scheduled.len(), contents.parents.len()), (0, 0));
    assert_eq!(runs(contents).collect::<Vec<_>>(), expected[1..]);
}

#[test]
fn a_file_of_a_later_version_is_left_alone() {
    let (_directory, file) = new();
    let transaction = file.database.begin_write().unwrap();
    transaction.open_table(META).unwrap().insert(META_FORMAT, FORMAT + 1).unwrap();
    transaction.commit().unwrap();
    let path = file.path().to_owned();
    drop(file);
    for _ in 0..2 {
        let error = File::open(&path).err().unwrap();
        let expected = format!(
            "{} has format 2, and this version of durably-embedded knows formats up to 1; use a newer version, or another file",
            path.display()
        );
        assert_eq!((error.to_string(), error.path()), (expected, path.as_path()));
    }
}

#[test]
fn a_file_of_another_program_is_left_alone() {
    const OTHER: TableDefinition<'_, u64, u64> = TableDefinition::new("other");
    let directory = TempDir::new();
    let path = directory.path().join("other.db");
    let other = Database::create(&path).unwrap();
    let transaction = other.begin_write().unwrap();
    transaction.open_table(OTHER).unwrap().insert(1, 2).unwrap();
    transaction.commit().unwrap();
    drop(other);
    let error = File::open(&path).err().unwrap().to_string();
    assert!(error.contains("or it is damaged (it belongs to another program)"), "{error}");
    let other = Database::open(&path).unwrap();
    let tables = other.begin_read().unwrap().list_tables().unwrap().count();
    assert_eq!(tables, 1);
}

#[test]
fn events_without_their_run_are_damage() {
    let (_directory, file) = new();
    file.write(&Batch { events: vec![((3, 0), vec![5])], ..Batch::default() }).unwrap();
    let path = file.path().to_owned();
    drop(file);
    let error = File::open(&path).err().unwrap().to_string();
    assert!(error.contains("there are events of a run 3 that is not there"), "{error}");
}
