//! Iterating over what has no order.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{Block, Expr, Ident, Member, Path, Stmt, Type};

use super::scope::Scopes;

/// Types of the standard library that have an order, or are no collections.
const ORDERED: [&str; 13] = [
    "Vec",
    "VecDeque",
    "BTreeMap",
    "BTreeSet",
    "BinaryHeap",
    "LinkedList",
    "String",
    "Option",
    "Result",
    "Box",
    "Rc",
    "Arc",
    "Duration",
];

/// Methods by which a map or a set gives one element after the other.
const METHODS: [&str; 13] = [
    "iter",
    "iter_mut",
    "into_iter",
    "keys",
    "values",
    "values_mut",
    "into_keys",
    "into_values",
    "drain",
    "union",
    "intersection",
    "difference",
    "symmetric_difference",
];

/// Traits whose functions say nothing about the type of what they give.
const TRAITS: [&str; 5] = ["Default", "From", "FromIterator", "Into", "Iterator"];

/// What is iterated.
pub(super) enum Iterated<'a> {
    /// A variable.
    Variable(&'a Ident),
    /// A field of the state.
    Field(&'a Ident),
}

/// Whether the method iterates, if it is one of a map or a set.
pub(super) fn is_iterating(method: &Ident) -> bool {
    METHODS.iter().any(|name| method == name)
}

/// The variable or the field of the state that is iterated, if it is either.
pub(super) fn iterated<'a>(expression: &'a Expr, scopes: &Scopes) -> Option<Iterated<'a>> {
    match expression {
        Expr::Reference(reference) => iterated(&reference.expr, scopes),
        Expr::Paren(paren) => iterated(&paren.expr, scopes),
        Expr::Group(group) => iterated(&group.expr, scopes),
        Expr::Path(path) => {
            let ident = path.path.get_ident()?;
            scopes.variable(ident).map(|_| Iterated::Variable(ident))
        }
        Expr::Field(field) => {
            let Member::Named(name) = &field.member else { return None };
            let Expr::Path(base) = &*field.base else { return None };
            let base = base.path.get_ident()?;
            let is_state = base == "self" || scopes.variable(base).is_some_and(|variable| variable.is_state);
            is_state.then_some(Iterated::Field(name))
        }
        _ => None,
    }
}

/// Whether a type is spelled like one that has an order, or is nothing to iterate.
pub(super) fn is_ordered(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            let name = last.ident.to_string();
            ORDERED.contains(&name.as_str()) || name.starts_with(char::is_lowercase)
        }),
        Type::Reference(reference) => is_ordered(&reference.elem),
        Type::Group(group) => is_ordered(&group.elem),
        Type::Paren(paren) => is_ordered(&paren.elem),
        _ => true,
    }
}

/// The type whose function makes the value, as in `HashMap::new()`, unless it has an order.
pub(super) fn constructed(expression: &Expr) -> Option<Path> {
    let Expr::Call(call) = expression else { return None };
    let Expr::Path(function) = &*call.func else { return None };
    let mut path = function.path.clone();
    path.segments.pop();
    let last = path.segments.pop()?;
    let name = last.ident.to_string();
    path.segments.push(last);
    let is_type = name.starts_with(char::is_uppercase) && function.qself.is_none();
    (is_type && !ORDERED.contains(&name.as_str()) && !TRAITS.contains(&name.as_str())).then_some(path)
}

/// A variable whose type the compiler is asked for, right behind its declaration: there it is known whatever the body does.
#[derive(Debug)]
pub(super) struct Declaration {
    ident: Ident,
    /// Where it is iterated.
    places: Vec<Span>,
}

/// The variables of a method that were declared so far.
#[derive(Debug, Default)]
pub(super) struct Declarations(Vec<Declaration>);

impl Declarations {
    pub(super) fn add(&mut self, ident: &Ident) -> usize {
        self.0.push(Declaration { ident: ident.clone(), places: Vec::new() });
        self.0.len() - 1
    }

    pub(super) fn iterated_at(&mut self, declaration: usize, place: Span) {
        if let Some(declaration) = self.0.get_mut(declaration) {
            declaration.places.push(place);
        }
    }

    /// Puts the questions about variables of the block behind the statements that declare them; a parameter's come first.
    pub(super) fn ask(&self, declared: &[(Option<usize>, usize)], block: &mut Block, krate: &Path) {
        for (statement, declaration) in declared.iter().rev() {
            let Some(Declaration { ident, places }) = self.0.get(*declaration) else { continue };
            let at = statement.map_or(0, |statement| statement + 1);
            for place in places {
                if let Ok(question) = syn::parse2::<Stmt>(ask(ident, *place, krate)) {
                    block.stmts.insert(at.min(block.stmts.len()), question);
                }
            }
        }
    }
}

fn ask(variable: &Ident, place: Span, krate: &Path) -> TokenStream {
    let place = place.resolved_at(Span::mixed_site());
    quote_spanned! {place=>
        {
            use #krate::__::IteratedDefaults as _;
            #krate::__::Iterated(&#variable).in_order();
        }
    }
}
