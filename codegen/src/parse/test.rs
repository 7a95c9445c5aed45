//! `#[durably::test]` on a function.

use proc_macro2::TokenStream;
use syn::ItemFn;

use super::{
    list::parse_options,
    options::{self, TestOptions},
    place,
};
use crate::{model::TestFn, report::Report};

/// Reads `#[durably::test(..)]` on a function.
pub fn parse_test(attr: TokenStream, item: ItemFn, report: &mut Report) -> TestFn {
    let options: TestOptions = parse_options(attr, &place::TEST, report);
    TestFn {
        item,
        krate: options::crate_path(options.krate),
        flavor: options.flavor.map(|flavor| flavor.0),
        worker_threads: options.worker_threads.map(|threads| threads.0),
        client: options.client.map(|client| client.0),
    }
}
