//! `#[durably::test]` on a function.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ReturnType;

use super::support::{located, support};
use crate::{model::TestFn, parse::typed_parameters};

/// What `#[durably::test]` on a function becomes: a test that runs the function.
pub fn test(test: &TestFn) -> TokenStream {
    let TestFn { item, krate, flavor, worker_threads, client } = test;
    let support = support(krate);
    let (attrs, vis, sig, block) = (&item.attrs, &item.vis, &item.sig, &item.block);
    let ident = &sig.ident;
    let reported = match &sig.output {
        ReturnType::Default => TokenStream::new(),
        ReturnType::Type(arrow, ty) => {
            let (open, rest) = (located(quote!(<), ty), located(quote!(as #support::TestResult>::Reported), ty));
            quote!(#arrow #open #ty #rest)
        }
    };
    let threads = flavor.as_ref().filter(|flavor| *flavor == "multi_thread").map(|_| {
        let threads = match worker_threads {
            Some(threads) => {
                let count = Literal::u32_unsuffixed(threads.value);
                quote!(#support::Some(#count))
            }
            None => quote!(#support::None),
        };
        quote_spanned!(Span::mixed_site()=> .multi_thread(#threads))
    });
    let client = client.as_ref().map(|client| quote_spanned!(Span::mixed_site()=> .client(#client)));
    // What the function takes is asked for where it says so.
    let environment = typed_parameters(sig).next().map(|parameter| &parameter.ty);
    let env = located(quote!(env), &environment);
    quote_spanned! {Span::mixed_site()=>
        #(#attrs)*
        #[::core::prelude::v1::test]
        #vis fn #ident() #reported {
            #sig #block

            #support::TestCase::new() #threads #client .run(async |env| #ident(#env).await)
        }
    }
}
