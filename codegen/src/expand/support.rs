//! The paths that generated code names.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::{Ident, Path, Type, TypePath, visit_mut::VisitMut};

/// The hidden module of the runtime: `::durably::__`.
pub(super) fn support(krate: &Path) -> TokenStream {
    quote_spanned!(Span::mixed_site() => #krate::__)
}

/// `::durably::__::Name<arguments>`, underlined by the compiler where `place` is. The names keep our hygiene.
pub(super) fn generic_at(support: &TokenStream, name: &str, arguments: &TokenStream, place: &impl ToTokens) -> TokenStream {
    let spans: Vec<Span> = place.to_token_stream().into_iter().map(|token| token.span()).collect();
    let at = |span: Option<&Span>| span.map_or_else(Span::mixed_site, |span| span.resolved_at(Span::mixed_site()));
    let (first, last) = (at(spans.first()), at(spans.last()));
    let support = support.clone().into_iter().map(|mut token| {
        token.set_span(first);
        token
    });
    let name = Ident::new(name, first);
    let open = quote_spanned!(first=> <);
    let close = quote_spanned!(last=> >);
    quote_spanned!(first=> #(#support)*::#name #open #arguments #close)
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
