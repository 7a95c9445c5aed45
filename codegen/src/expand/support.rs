//! The paths that generated code names.

use proc_macro2::{Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Ident, Path, Type, TypePath, spanned::Spanned as _, visit_mut::VisitMut};

use super::attrs;
use crate::model::Attrs;

/// The hidden module of the runtime: `::durably::__`. Inside of a [`block`] it is `__`.
pub(super) fn support(krate: &Path) -> TokenStream {
    quote_spanned!(Span::mixed_site() => #krate::__)
}

/// `const _: () = { .. };` around generated items: what they name is imported for them alone, and what lints say of them is
/// said once.
pub(super) fn block(krate: &Path, attrs: &Attrs, items: &TokenStream) -> TokenStream {
    let cfg = attrs::cfg(attrs);
    let generated = attrs::generated();
    quote_spanned! {Span::mixed_site()=>
        #cfg
        #generated
        const _: () = {
            use #krate::__::{self, ProbeDefaults as _};

            #items
        };
    }
}

/// A place in a list, as an argument of a type.
pub(super) fn place(index: usize) -> Literal {
    Literal::usize_unsuffixed(index)
}

/// The tokens, underlined by the compiler where `place` is. Their names keep our hygiene.
pub(super) fn located(tokens: TokenStream, place: &impl ToTokens) -> TokenStream {
    let Some((first, last)) = ends(place) else { return tokens };
    let [first, last] = [first, last].map(ours);
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter_mut().enumerate() {
        token.set_span(if index == 0 { first } else { last });
    }
    tokens.into_iter().collect()
}

/// `__::Name<arguments>`, underlined where `place` is.
pub(super) fn generic_at(name: &str, arguments: &TokenStream, place: &impl ToTokens) -> TokenStream {
    let (first, last) = ends(place).unwrap_or((Span::mixed_site(), Span::mixed_site()));
    let [first, last] = [first, last].map(ours);
    let name = Ident::new(name, first);
    let open = quote_spanned!(first=> __::#name <);
    let close = quote_spanned!(last=> >);
    quote!(#open #arguments #close)
}

/// The type as it can stand before `as`, where a trait object whose last plus sign adds nothing has no end.
pub(super) fn before_as(ty: &Type) -> TokenStream {
    match ty {
        Type::TraitObject(_) => quote_spanned!(ty.span()=> (#ty)),
        _ => ty.to_token_stream(),
    }
}

/// The spans of the first and the last token. The compiler underlines from the one to the other; a joined span is only to be
/// had on nightly.
pub(super) fn ends(place: &impl ToTokens) -> Option<(Span, Span)> {
    let spans: Vec<Span> = place.to_token_stream().into_iter().map(|token| token.span()).collect();
    Some((*spans.first()?, *spans.last()?))
}

/// The place of a user's token, for a name of ours.
fn ours(span: Span) -> Span {
    span.resolved_at(Span::mixed_site())
}

/// The path of a type that is emitted beside `path`: `orders::Greeting` and `Handle` give `orders::GreetingHandle`.
pub(super) fn beside(path: &Path, suffix: &str) -> Path {
    let mut path = path.clone();
    if let Some(last) = path.segments.last_mut() {
        last.ident = with_suffix(&last.ident, suffix);
    }
    path
}

/// `Greeting` and `Handle` give `GreetingHandle`.
pub(super) fn with_suffix(ident: &Ident, suffix: &str) -> Ident {
    format_ident!("{}{}", ident, suffix, span = ident.span())
}

/// The type with `Self` written out, for use in an impl of another type.
pub(super) fn without_self(ty: &Type, self_ty: &Path) -> Type {
    struct Replace<'a>(&'a Path);

    impl VisitMut for Replace<'_> {
        fn visit_type_path_mut(&mut self, ty: &mut TypePath) {
            syn::visit_mut::visit_type_path_mut(self, ty);
            let starts_with_self =
                ty.qself.is_none() && ty.path.segments.first().is_some_and(|first| first.ident == "Self");
            if starts_with_self {
                let rest = ty.path.segments.iter().skip(1).cloned();
                let mut path = self.0.clone();
                path.segments.extend(rest);
                ty.path = path;
            }
        }
    }

    let mut ty = ty.clone();
    Replace(self_ty).visit_type_mut(&mut ty);
    ty
}
