//! Arbitrary tokens and damaged sources through every attribute: nothing panics, and the user's item is always there.

mod generate;
mod invariants;
mod random;

use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::TokenStream;

use generate::Case;
use random::Random;

/// Runs the case of that seed, and says what is wrong with it.
pub(crate) fn run(seed: u64) -> Result<(), String> {
    let case = Case::generate(&mut Random::new(seed));
    type Attribute<'a> = (&'a str, &'a dyn Fn(TokenStream, TokenStream) -> TokenStream);
    let attributes: [Attribute<'_>; 6] = [
        ("workflow", &durably_codegen::workflow),
        ("activity", &durably_codegen::activity),
        ("activities", &durably_codegen::activities),
        ("signal", &|attr, item| durably_codegen::orphan("signal", attr, item)),
        ("allow", &durably_codegen::orphan_allow),
        // A derive leaves the item to the compiler.
        ("derive", &|_, item| [item.clone(), durably_codegen::failure(item)].into_iter().collect()),
    ];
    for (name, attribute) in attributes {
        let expand = || attribute(case.attribute.clone(), case.item.clone());
        match catch_unwind(AssertUnwindSafe(expand)) {
            Err(_) => return Err(format!("`#[{name}]` panics on {case}")),
            Ok(output) => invariants::check(&case, &output)
                .map_err(|wrong| format!("`#[{name}]`: {wrong}, on {case}\n\nwhich becomes\n{output}"))?,
        }
    }
    Ok(())
}

/// The source of the case of that seed.
#[allow(dead_code, reason = "only the example shows it")]
pub(crate) fn show(seed: u64) -> String {
    Case::generate(&mut Random::new(seed)).to_string()
}
