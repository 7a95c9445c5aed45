//! `#[derive(Failure)]` on an enum or a struct, and its variants where their names are wanted.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Ident, LitStr, ext::IdentExt, spanned::Spanned as _};

use super::{
    arguments, attrs,
    support::{before_as, block, place},
    tables::duration,
};
use crate::model::{ErrorType, Failure, FailureVariant, Message, MessagePiece, Shape};

/// What `#[derive(Failure)]` adds to a type: what it is on the wire, as other errors and in words.
pub fn failure(failure: &Failure) -> TokenStream {
    let Failure { ident, krate, attrs, .. } = failure;
    let names = names(failure);
    let table = table(failure);
    let place = place_of(failure);
    let details = details(failure);
    let decode = decode(failure);
    let error = error(failure);
    let items = quote_spanned! {Span::mixed_site()=>
        #names

        impl __::Failure for #ident {
            const TABLE: &'static __::FailureTable = #table;
            #place

            #details

            #decode
        }

        impl __::From<#ident> for __::ApplicationFailure {
            fn from(failure: #ident) -> Self {
                __::application_failure(failure)
            }
        }

        impl __::From<#ident> for __::WorkflowTermination {
            fn from(failure: #ident) -> Self {
                __::termination(failure)
            }
        }

        #error
    };
    block(krate, attrs, &items)
}

/// The name on the wire of what an attribute lists: a string, or a constant that only a variant has.
pub(super) fn name(error_type: &ErrorType) -> TokenStream {
    let path = match error_type {
        ErrorType::Name(name) => return name.to_token_stream(),
        ErrorType::Variant(path) => path,
    };
    let mut failure = path.clone();
    let variant = failure.segments.pop();
    // What is left ends in `::`. A path of one segment is a struct, which is its own variant.
    failure.segments.pop_punct();
    if failure.segments.is_empty() {
        failure = path.clone();
    }
    let variant = variant.map(|segment| segment.ident);
    let span = path.span().resolved_at(Span::mixed_site());
    quote_spanned!(span=> <<#failure as __::FailureNames>::Names>::#variant)
}

/// A type with a constant for each variant: the type on the wire. The compiler shows its name where there is no such variant.
fn names(failure: &Failure) -> TokenStream {
    let ident = &failure.ident;
    let variants = format_ident!("__{}Variants", ident.unraw(), span = Span::mixed_site());
    let names = failure.variants.iter().map(|FailureVariant { ident, name, .. }| {
        quote_spanned!(Span::mixed_site()=> pub const #ident: &'static str = #name;)
    });
    quote_spanned! {Span::mixed_site()=>
        #[allow(missing_debug_implementations, missing_copy_implementations, non_camel_case_types)]
        #[doc(hidden)]
        pub struct #variants;

        #[allow(non_upper_case_globals)]
        #[doc(hidden)]
        impl #variants {
            #(#names)*
        }

        impl __::FailureNames for #ident {
            type Names = #variants;
        }
    }
}

/// `&FailureTable { .. }`
fn table(failure: &Failure) -> TokenStream {
    let ident = failure.ident.unraw().to_string();
    let docs = attrs::docs_text(&failure.attrs);
    let variants = failure.variants.iter().map(variant_table);
    quote_spanned! {Span::mixed_site()=>
        &__::FailureTable {
            rust_path: __::concat!(__::module_path!(), "::", #ident),
            docs: #docs,
            variants: &[#(#variants),*],
        }
    }
}

fn variant_table(variant: &FailureVariant) -> TokenStream {
    let FailureVariant { ident, attrs, name, non_retryable, next_retry_delay, category, fields, .. } = variant;
    let ident = ident.unraw().to_string();
    let docs = attrs::docs_text(attrs);
    let non_retryable = non_retryable.is_some();
    let delay = duration(next_retry_delay).unwrap_or_else(|| quote!(__::None));
    let category = category.as_ref().map_or_else(|| quote!(Unspecified), ToTokens::to_token_stream);
    let details = fields.iter().enumerate().map(|(index, field)| {
        let name = field.ident.as_ref().map_or_else(|| index.to_string(), |ident| ident.unraw().to_string());
        arguments::table_of(&name, &field.ty)
    });
    quote_spanned! {Span::mixed_site()=>
        __::FailureVariantTable {
            name: #name,
            variant: #ident,
            docs: #docs,
            details: &[#(#details),*],
            non_retryable: #non_retryable,
            next_retry_delay: #delay,
            category: __::ApplicationErrorCategory::#category,
        }
    }
}

/// `fn place(failure)`: which variant it is.
fn place_of(failure: &Failure) -> TokenStream {
    let arms = failure.variants.iter().enumerate().map(|(index, variant)| {
        let path = path(failure, variant);
        let index = place(index);
        quote!(#path { .. } => #index,)
    });
    quote_spanned! {Span::mixed_site()=>
        fn place(failure: &Self) -> usize {
            match failure {
                #(#arms)*
            }
        }
    }
}

/// `fn details(failure)`: its fields as payloads to be. That the type of one cannot be sent is said where it stands.
fn details(failure: &Failure) -> TokenStream {
    let arms = failure.variants.iter().map(|variant| {
        let bindings = (0..variant.fields.len()).map(|index| binding(index, Span::mixed_site()));
        let bindings: Vec<Ident> = bindings.collect();
        let pattern = with_fields(failure, variant, &bindings);
        let details = variant.fields.iter().zip(&bindings).map(|(field, binding)| {
            let ty = before_as(&field.ty);
            quote_spanned!(Span::mixed_site()=> <#ty as __::Detail>::sent(#binding))
        });
        quote!(#pattern => __::Details::of([#(#details),*]),)
    });
    quote_spanned! {Span::mixed_site()=>
        fn details(failure: Self) -> __::Details {
            match failure {
                #(#arms)*
            }
        }
    }
}

/// `fn decode(place, details)`: a variant of its fields.
fn decode(failure: &Failure) -> TokenStream {
    let details = Ident::new("details", Span::mixed_site());
    let made = |variant: &FailureVariant| {
        let fields = variant.fields.iter().map(|field| {
            let ty = before_as(&field.ty);
            quote_spanned!(Span::mixed_site()=> <#ty as __::Detail>::received(#details)?)
        });
        with_fields(failure, variant, &fields.collect::<Vec<_>>())
    };
    let (place_of, made) = match failure.variants.split_last() {
        Some((last, [])) => (quote!(_), made(last)),
        Some((last, others)) => {
            let arms = others.iter().enumerate().map(|(index, variant)| {
                let (index, made) = (place(index), made(variant));
                quote!(#index => #made,)
            });
            let last = made(last);
            let place = Ident::new("place", Span::mixed_site());
            (place.to_token_stream(), quote!(match #place { #(#arms)* _ => #last }))
        }
        None => return TokenStream::new(),
    };
    let has_fields = failure.variants.iter().any(|variant| !variant.fields.is_empty());
    let details = if has_fields { details.to_token_stream() } else { quote!(_) };
    quote_spanned! {Span::mixed_site()=>
        fn decode(
            #place_of: usize,
            #details: &mut __::Decoder<'_>,
        ) -> __::Result<Self, __::Box<__::ArgumentError>> {
            __::Ok(#made)
        }
    }
}

/// `impl Display` and `impl Error`, where messages are given.
fn error(failure: &Failure) -> Option<TokenStream> {
    failure.variants.iter().find(|variant| variant.message.is_some())?;
    let ident = &failure.ident;
    let arms = failure.variants.iter().map(|variant| match &variant.message {
        Some(message) => said(failure, variant, message),
        // That there is none has been reported.
        None => {
            let (path, name) = (path(failure, variant), &variant.name);
            quote_spanned!(Span::mixed_site()=> #path { .. } => f.write_str(#name),)
        }
    });
    Some(quote_spanned! {Span::mixed_site()=>
        impl __::Display for #ident {
            fn fmt(&self, f: &mut __::fmt::Formatter<'_>) -> __::fmt::Result {
                match self {
                    #(#arms)*
                }
            }
        }

        impl __::Error for #ident {}
    })
}

/// How one variant is written: the fields that its message names have the place of the literal, so that they are found
/// there.
fn said(failure: &Failure, variant: &FailureVariant, message: &Message) -> TokenStream {
    let span = message.literal.span();
    let mut format = String::new();
    let mut named = vec![false; variant.fields.len()];
    for piece in &message.pieces {
        match piece {
            MessagePiece::Text(text) => format.push_str(text),
            MessagePiece::Placeholder { place, format: how, .. } => {
                let Some(named) = place.and_then(|place| named.get_mut(place)) else { continue };
                *named = true;
                format.push_str(&format!("{{detail_{}{how}}}", place.unwrap_or_default()));
            }
        }
    }
    let bindings: Vec<TokenStream> = named
        .iter()
        .enumerate()
        .map(|(index, named)| if *named { binding(index, span).to_token_stream() } else { quote!(_) })
        .collect();
    let pattern = with_fields(failure, variant, &bindings);
    let format = LitStr::new(&format, span);
    quote_spanned!(Span::mixed_site()=> #pattern => __::write!(f, #format),)
}

fn binding(index: usize, span: Span) -> Ident {
    format_ident!("detail_{index}", span = span)
}

/// `Self::Declined`, or `Self` of a struct.
fn path(failure: &Failure, variant: &FailureVariant) -> TokenStream {
    let ident = &variant.ident;
    if failure.is_struct { quote!(Self) } else { quote!(Self::#ident) }
}

/// `Self::Declined { reason: .., code: .. }`, with these for its fields: a pattern, or a value.
fn with_fields(failure: &Failure, variant: &FailureVariant, fields: &[impl ToTokens]) -> TokenStream {
    let path = path(failure, variant);
    match variant.shape {
        Shape::Named => {
            let names = variant.fields.iter().filter_map(|field| field.ident.as_ref());
            quote!(#path { #(#names: #fields),* })
        }
        Shape::Unnamed => quote!(#path(#(#fields),*)),
        Shape::Unit => path,
    }
}
