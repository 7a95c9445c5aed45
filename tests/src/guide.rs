//! The snippets of docs/guide.md, of which `guide/build.rs` makes a module. That they compile is the test; an error in them
//! names a file `docs/guide.md` in the build folder, and the line is that of the guide itself.

#![deny(warnings)]
// A snippet shows how things are made, not what becomes of them.
#![allow(dead_code, unused_variables)]

include!(concat!(env!("OUT_DIR"), "/docs/guide.md"));
