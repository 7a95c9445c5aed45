//! Each file beside this one must compile, without warnings. They are modules of this binary rather than programs of their
//! own, which would have to be linked one by one; so they can have tests, too.

macro_rules! fixtures {
    ($($name:ident),* $(,)?) => {
        $(
            // A fixture is called by nobody, and writes what it is about in roundabout ways; whatever else is odd about it is
            // an error.
            #[deny(warnings)]
            #[allow(dead_code, unreachable_pub, clippy::complexity, clippy::perf, clippy::style)]
            mod $name;
        )*

        /// The fixtures that are compiled.
        const COMPILED: &[&str] = &[$(stringify!($name)),*];
    };
}

fixtures! {
    activities, activities_do_anything, allowed, children, closures, conditional, constants, crate_path, dynamic, failures,
    generic_helpers, greeting, hygiene, in_a_function, init, lints, local_items, lookalike_functions, lookalike_maps,
    lookalike_modules, lookalike_types, macros_in_bodies, names, names_of_questions, nested_modules, ordered_maps,
    outcomes, own_paths, shadowed_maps, state_types, taken_names, times, unordered_maps,
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
