//! What the compiler is asked about bodies and fields: constants that are evaluated to nothing, or to the error.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Path, spanned::Spanned as _};

use super::{support::located, text::type_text};
use crate::model::{CallQuestion, Iteration, Questions, StateField, Witness};

/// Questions about the bodies of an impl.
pub(super) fn bodies(questions: &Questions, self_ty: &Path) -> TokenStream {
    let calls = questions.calls.iter().map(call);
    let iterations = questions.iterations.iter().map(|iteration| self::iteration(iteration, self_ty));
    quote!(#(#calls)* #(#iterations)*)
}

fn call(question: &CallQuestion) -> TokenStream {
    let CallQuestion { cfg, witness, path, message } = question;
    let place = path.span().resolved_at(Span::mixed_site());
    let question = match witness {
        Witness::Type(ty) => quote_spanned!(place=> __::replays(<__::Probe<#ty>>::NATURE, #message);),
        Witness::Module { path: module, member, generic } => {
            let member = syn::Ident::new(member, Span::call_site());
            let parameters = generic.then(|| quote!(<()>));
            // A module without such a type leaves the name to what is imported around it.
            let asked = quote_spanned!(place=> __::replays(<__::Probe<#member #parameters>>::NATURE, #message));
            quote! {
                use __::absent::*;
                const _: () = {
                    use #module::*;
                    #asked
                };
            }
        }
        Witness::Static => {
            let asked = quote_spanned!(place=> .replays(););
            return quote_spanned! {Span::mixed_site()=>
                #(#cfg)*
                const _: fn() = || {
                    use __::StoredDefaults as _;
                    __::Stored(&#path) #asked
                };
            };
        }
    };
    quote_spanned! {Span::mixed_site()=>
        #(#cfg)*
        const _: () = { #question };
    }
}

fn iteration(iteration: &Iteration, self_ty: &Path) -> TokenStream {
    let Iteration { cfg, field, message } = iteration;
    let name = field.to_string();
    let place = field.span().resolved_at(Span::mixed_site());
    let asked = quote_spanned!(place=> __::in_order(<#self_ty as __::WorkflowType>::FIELDS, #name, #message));
    quote_spanned! {Span::mixed_site()=>
        #(#cfg)*
        const _: () = #asked;
    }
}

/// Questions about the fields of a state.
pub(super) fn fields(fields: &[StateField]) -> TokenStream {
    fields.iter().map(field).collect()
}

fn field(field: &StateField) -> TokenStream {
    let StateField { cfg, name, parts, allow, .. } = field;
    let question = match allow {
        Some(attribute) => {
            let message = format!(
                "`#[durably::allow]` lifts nothing here: no check finds fault with field `{name}`, so remove it"
            );
            let asked = located(quote!(__::lifts), attribute);
            let natures = parts.iter().map(|part| quote!(<__::Probe<#part>>::NATURE));
            quote!(#asked(&[#(#natures),*], #message))
        }
        None => {
            let asked = parts.iter().map(|part| {
                let place = part.span().resolved_at(Span::mixed_site());
                let subject = format!("field `{name}` holds `{}`", type_text(part));
                quote_spanned!(place=> __::keeps(<__::Probe<#part>>::NATURE, #subject);)
            });
            quote!({ #(#asked)* })
        }
    };
    quote_spanned! {Span::mixed_site()=>
        #(#cfg)*
        const _: () = #question;
    }
}

/// `const FIELDS`: what the fields are, for the impl, which cannot see them.
pub(super) fn fields_table(fields: &[StateField]) -> TokenStream {
    let fields = fields
        .iter()
        .filter(|field| field.allow.is_none())
        .map(|StateField { cfg, name, ty, .. }| quote!(#(#cfg)* (#name, <__::Probe<#ty>>::NATURE)));
    let fields: Vec<TokenStream> = fields.collect();
    if fields.is_empty() {
        return TokenStream::new();
    }
    quote_spanned! {Span::mixed_site()=>
        const FIELDS: &'static [(&'static str, __::Nature)] = &[#(#fields),*];
    }
}
