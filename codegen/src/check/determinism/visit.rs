//! Walks through the statements of a method.

use syn::{
    Attribute, Block, FnArg, Ident, ImplItemFn, Item, ItemFn, Local, Pat, Path, StaticMutability, Stmt, Type,
    visit_mut::{self, VisitMut},
};

use super::{
    allow::Allows,
    attributes, context_name,
    iteration::{self, Declarations},
    scope::{Scopes, Variable},
    table::{self, Kind},
    type_parameters,
};
use crate::{model::Questions, parse::take_allow, report::Report};

/// What is known while a method is read.
pub(super) struct Visitor<'a> {
    pub(super) krate: &'a Path,
    /// Queries and validators are not replayed, and have no context that logs.
    pub(super) looks_only: bool,
    pub(super) report: &'a mut Report,
    pub(super) questions: &'a mut Questions,
    pub(super) scopes: Scopes,
    pub(super) allows: Allows,
    pub(super) declarations: Declarations,
    /// What the innermost blocks declare: the statement and the declaration.
    declared: Vec<Vec<(Option<usize>, usize)>>,
    /// `cfg` of what is around.
    pub(super) cfg: Vec<Attribute>,
    pub(super) context: Option<Ident>,
    /// A `const fn` cannot be asked about its variables.
    is_const: bool,
}

impl<'a> Visitor<'a> {
    pub(super) fn new(krate: &'a Path, looks_only: bool, report: &'a mut Report, questions: &'a mut Questions) -> Self {
        Self {
            krate,
            looks_only,
            report,
            questions,
            scopes: Scopes::default(),
            allows: Allows::default(),
            declarations: Declarations::default(),
            declared: Vec::new(),
            cfg: Vec::new(),
            context: None,
            is_const: false,
        }
    }

    /// Reads a method, below the type parameters of its impl.
    pub(super) fn method(&mut self, function: &mut ImplItemFn, outer: &[Ident]) {
        let allow = take_allow(&mut function.attrs, self.krate, self.report);
        let entered = self.allows.enter(allow);
        self.context = context_name(function);
        self.is_const = function.sig.constness.is_some();
        self.cfg = cfg(&function.attrs);
        self.scopes.enter();
        for ident in outer.iter().chain(type_parameters(&function.sig.generics.params)) {
            self.scopes.declare_own(ident);
        }
        let declared = self.declare_parameters(function.sig.inputs.iter());
        self.block(&mut function.block, declared);
        self.scopes.leave();
        self.allows.leave(entered, "method", self.report);
    }

    fn declare_parameters<'p>(&mut self, inputs: impl Iterator<Item = &'p FnArg>) -> Vec<(Option<usize>, usize)> {
        let mut declared = Vec::new();
        for input in inputs {
            let FnArg::Typed(parameter) = input else { continue };
            match &*parameter.pat {
                Pat::Ident(pattern) => {
                    let (variable, declaration) = self.typed_variable(&pattern.ident, &parameter.ty);
                    declared.extend(declaration.map(|declaration| (None, declaration)));
                    self.scopes.declare_variable(&pattern.ident, variable);
                }
                pattern => self.scopes.declare_pattern(pattern),
            }
        }
        declared
    }

    /// A variable whose type is written.
    fn typed_variable(&mut self, ident: &Ident, ty: &Type) -> (Variable, Option<usize>) {
        if iteration::is_ordered(ty) {
            return (Variable::default(), None);
        }
        let mut behind = ty;
        while let Type::Reference(reference) = behind {
            behind = &reference.elem;
        }
        match behind {
            Type::Path(path) if path.qself.is_none() => self.variable_of(ident, &path.path),
            _ => (Variable::default(), None),
        }
    }

    fn variable_of(&mut self, ident: &Ident, ty: &Path) -> (Variable, Option<usize>) {
        if let Some(path) = self.scopes.resolve(ty).filter(|path| table::is_hashed(path)) {
            return (Variable { hashed: path.last().cloned(), ..Variable::default() }, None);
        }
        let declaration = (!self.is_const).then(|| self.declarations.add(ident));
        (Variable { declaration, ..Variable::default() }, declaration)
    }

    pub(super) fn block(&mut self, block: &mut Block, declared: Vec<(Option<usize>, usize)>) {
        self.scopes.enter();
        self.scopes.declare_items(block);
        self.declared.push(declared);
        for (index, statement) in block.stmts.iter_mut().enumerate() {
            let allow =
                attributes::of_statement(statement).and_then(|attrs| take_allow(attrs, self.krate, self.report));
            let entered = self.allows.enter(allow);
            let around = self.cfg.len();
            self.cfg.extend(attributes::of_statement(statement).map(|attrs| cfg(attrs)).unwrap_or_default());
            self.statement(statement, index);
            self.cfg.truncate(around);
            self.allows.leave(entered, "statement", self.report);
        }
        let declared = self.declared.pop().unwrap_or_default();
        self.declarations.ask(&declared, block, self.krate);
        self.scopes.leave();
    }

    fn statement(&mut self, statement: &mut Stmt, index: usize) {
        match statement {
            Stmt::Local(local) => self.local(local, index),
            Stmt::Item(item) => self.item(item),
            Stmt::Expr(expression, _) => self.visit_expr_mut(expression),
            Stmt::Macro(invocation) => self.invocation(&mut invocation.mac),
        }
    }

    /// A variable can be named from behind its statement on.
    fn local(&mut self, local: &mut Local, index: usize) {
        visit_mut::visit_pat_mut(self, &mut local.pat);
        if let Some(init) = &mut local.init {
            self.visit_expr_mut(&mut init.expr);
            if let Some((_, diverge)) = &mut init.diverge {
                self.visit_expr_mut(diverge);
            }
        }
        let Some(init) = &local.init else {
            self.scopes.declare_pattern(&local.pat);
            return;
        };
        let (variable, declaration) = match &local.pat {
            Pat::Ident(pattern) => match iteration::constructed(&init.expr) {
                Some(ty) => self.variable_of(&pattern.ident, &ty),
                None => (Variable::default(), None),
            },
            Pat::Type(typed) => match &*typed.pat {
                Pat::Ident(pattern) => self.typed_variable(&pattern.ident, &typed.ty),
                _ => (Variable::default(), None),
            },
            _ => (Variable::default(), None),
        };
        let lifted = self.allows.lifts_iteration(variable.hashed.is_some() || declaration.is_some());
        match &local.pat {
            Pat::Ident(pattern) => self.scopes.declare_variable(&pattern.ident, variable.unless(lifted)),
            Pat::Type(typed) => match &*typed.pat {
                Pat::Ident(pattern) => self.scopes.declare_variable(&pattern.ident, variable.unless(lifted)),
                pattern => self.scopes.declare_pattern(pattern),
            },
            pattern => self.scopes.declare_pattern(pattern),
        }
        if let (Some(declared), Some(declaration), false) = (self.declared.last_mut(), declaration, lifted) {
            declared.push((Some(index), declaration));
        }
    }

    fn item(&mut self, item: &mut Item) {
        match item {
            Item::Fn(function) if !is_expanded_elsewhere(&function.attrs) => self.function(function),
            Item::Static(item) => {
                if matches!(item.mutability, StaticMutability::Mut(_)) {
                    self.found(&item.ident, &format!("`{}`", item.ident), Kind::Static);
                }
                self.visit_expr_mut(&mut item.expr);
            }
            Item::Macro(item) if item.ident.is_none() => self.invocation(&mut item.mac),
            // What is declared here is used elsewhere in the body, and other items have bodies of their own.
            _ => {}
        }
    }

    fn function(&mut self, function: &mut ItemFn) {
        let outside = std::mem::replace(&mut self.is_const, function.sig.constness.is_some());
        self.scopes.enter();
        for ident in type_parameters(&function.sig.generics.params) {
            self.scopes.declare_own(ident);
        }
        let declared = self.declare_parameters(function.sig.inputs.iter());
        self.block(&mut function.block, declared);
        self.scopes.leave();
        self.is_const = outside;
    }
}

impl Variable {
    /// Nothing is asked about a variable whose declaration is allowed.
    fn unless(self, lifted: bool) -> Self {
        if lifted { Self::default() } else { self }
    }
}

impl Allows {
    /// On a declaration, it also lifts whatever goes through the variable.
    fn lifts_iteration(&mut self, could_be_hashed: bool) -> bool {
        could_be_hashed && self.lift()
    }
}

fn cfg(attrs: &[Attribute]) -> Vec<Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("cfg")).cloned().collect()
}

/// Functions in a body that have an attribute of their own, such as `#[activity]`.
fn is_expanded_elsewhere(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| {
        attr.path().segments.last().is_some_and(|last| ["activity", "test"].iter().any(|name| last.ident == name))
    })
}
