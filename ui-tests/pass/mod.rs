//! Each file beside this one must compile, without warnings. They are modules of this binary rather than programs of their
//! own, which would have to be linked one by one; so they can have tests, too.

macro_rules! fixtures {
    ($($name:ident),* $(,)?) => {
        $(
            // A fixture is called by nobody; whatever else is odd about it is an error.
            #[deny(warnings)]
            #[allow(dead_code, unreachable_pub)]
            mod $name;
        )*

        /// The fixtures that are compiled.
        const COMPILED: &[&str] = &[$(stringify!($name)),*];
    };
}

fixtures! {
    activities, children, crate_path, dynamic, failures, greeting, hygiene, in_a_function, init, lints, names, outcomes, taken_names,
}

#[test]
fn every_fixture_is_compiled() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/pass");
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<String> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .map(|path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned())
        .filter(|name| name != "mod")
        .collect();
    files.sort();
    assert_eq!(files, COMPILED);
}
