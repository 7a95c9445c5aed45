//! Walks through the body of a method.

use quote::ToTokens;
use syn::{
    Attribute, BinOp, Block, Expr, ExprClosure, ExprForLoop, ExprMethodCall, FnArg, Ident, ImplItemFn, Item, ItemFn,
    Local, Macro, Pat, Path, StaticMutability, Stmt, Type,
    visit_mut::{self, VisitMut},
};

use super::{
    allow::{self, Allows},
    attributes, context_name,
    iteration::{self, Declarations, Iterated},
    macros::{Given, parse_given},
    probe::{self, written},
    scope::{Scopes, Variable},
    table::{self, Kind},
    type_parameters,
};
use crate::{
    model::{CallQuestion, Iteration, Questions, Witness},
    parse::take_allow,
    report::Report,
};

/// What is known while a method is read.
pub(super) struct Visitor<'a> {
    krate: &'a Path,
    /// Queries and validators are not replayed, and have no context that logs.
    looks_only: bool,
    report: &'a mut Report,
    questions: &'a mut Questions,
    scopes: Scopes,
    allows: Allows,
    declarations: Declarations,
    /// What the innermost blocks declare: the statement and the declaration.
    declared: Vec<Vec<(Option<usize>, usize)>>,
    /// `cfg` of what is around.
    cfg: Vec<Attribute>,
    context: Option<Ident>,
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

    fn block(&mut self, block: &mut Block, declared: Vec<(Option<usize>, usize)>) {
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

    fn closure(&mut self, closure: &mut ExprClosure, has_state: bool) {
        self.scopes.enter();
        for (index, input) in closure.inputs.iter().enumerate() {
            match (input, index, has_state) {
                (Pat::Ident(pattern), 0, true) => {
                    let variable = Variable { is_state: true, ..Variable::default() };
                    self.scopes.declare_variable(&pattern.ident, variable);
                }
                (pattern, ..) => self.scopes.declare_pattern(pattern),
            }
        }
        self.visit_expr_mut(&mut closure.body);
        self.scopes.leave();
    }

    fn for_loop(&mut self, expression: &mut ExprForLoop) {
        self.iterated(&expression.expr);
        self.visit_expr_mut(&mut expression.expr);
        self.scopes.enter();
        self.scopes.declare_pattern(&expression.pat);
        self.visit_block_mut(&mut expression.body);
        self.scopes.leave();
    }

    fn method_call(&mut self, call: &mut ExprMethodCall) {
        if iteration::is_iterating(&call.method) {
            self.iterated(&call.receiver);
        }
        if let Expr::Path(receiver) = &*call.receiver {
            self.called_on(&receiver.path, &call.method);
        }
        self.visit_expr_mut(&mut call.receiver);
        let has_state = self.gives_state(call);
        for argument in &mut call.args {
            match argument {
                Expr::Closure(closure) => self.closure(closure, has_state),
                other => self.visit_expr_mut(other),
            }
        }
        if let Some(turbofish) = &mut call.turbofish {
            self.visit_angle_bracketed_generic_arguments_mut(turbofish);
        }
    }

    /// `ctx.state(|w| ..)` and the like, of the method's own context.
    fn gives_state(&self, call: &ExprMethodCall) -> bool {
        let Expr::Path(receiver) = &*call.receiver else { return false };
        let is_context = receiver
            .path
            .get_ident()
            .is_some_and(|name| name == "ctx" || self.context.as_ref().is_some_and(|context| context == name));
        let gives = ["state", "state_mut", "wait_condition", "wait_condition_with_options"];
        is_context && gives.iter().any(|method| call.method == method)
    }

    /// A method of a constant or a static.
    fn called_on(&mut self, receiver: &Path, method: &Ident) {
        if receiver.segments.first().is_some_and(|first| first.ident == "Self") {
            return;
        }
        let resolved = self.scopes.resolve(receiver).map(|path| path.join("::")).unwrap_or_default();
        if method == "elapsed"
            && matches!(resolved.as_str(), "std::time::UNIX_EPOCH" | "std::time::SystemTime::UNIX_EPOCH")
        {
            self.found(method, &format!("`{}.elapsed()`", written(receiver)), Kind::Clock);
        } else if is_constant(receiver) && !self.is_variable(receiver) && !self.scopes.knows_first(receiver) {
            self.ask(receiver, Witness::Static, Kind::Static);
        }
    }

    fn iterated(&mut self, expression: &Expr) {
        let (name, place) = match iteration::iterated(expression, &self.scopes) {
            Some(Iterated::Field(field)) => {
                if !self.allows.lift() {
                    let message = format!(
                        "field `{field}` of the state is a map or a set without an order, and iterating over it goes by another \
                         order at each replay: make it a `BTreeMap` or a `BTreeSet`"
                    );
                    let cfg = self.cfg.clone();
                    self.questions.iterations.push(Iteration { cfg, field: field.clone(), message });
                }
                return;
            }
            Some(Iterated::Variable(name)) => (name.clone(), name.span()),
            None => return,
        };
        let Some(variable) = self.scopes.variable(&name).cloned() else { return };
        if let Some(ty) = variable.hashed {
            if !self.allows.lift() {
                let ordered = ty.replace("Hash", "BTree");
                let message = format!(
                    "`{name}` is a `{ty}`, and iterating over it goes by another order at each replay: make it a `{ordered}`, or \
                     collect and sort it first"
                );
                self.report.error(&name, message);
            }
        } else if let Some(declaration) = variable.declaration
            && !self.allows.lift()
        {
            self.declarations.iterated_at(declaration, place);
        }
    }

    /// A path of a value: a function, a constant, a variable.
    fn value_path(&mut self, path: &Path, is_bare_call: bool) {
        if self.is_variable(path) {
            return;
        }
        if let Some(whole) = self.scopes.resolve(path)
            && let Some(kind) = table::of_path(&whole)
        {
            self.found(path, &shown(path, &whole), kind);
        } else if let Some((witness, kind)) = probe::question(path, &self.scopes, is_bare_call) {
            self.ask(path, witness, kind);
        }
    }

    fn is_variable(&self, path: &Path) -> bool {
        path.get_ident().is_some_and(|ident| self.scopes.variable(ident).is_some())
    }

    fn type_path(&mut self, path: &Path) {
        if let Some(whole) = self.scopes.resolve(path)
            && let Some(kind) = table::of_path(&whole)
        {
            self.found(path, &shown(path, &whole), kind);
        }
    }

    fn invocation(&mut self, invocation: &mut Macro) {
        if let Some(whole) = self.scopes.resolve(&invocation.path)
            && let Some(kind) = table::of_macro(&whole)
        {
            self.found(&invocation.path, &format!("`{}!`", written(&invocation.path)), kind);
        }
        match parse_given(invocation) {
            Given::Expressions(expressions) => {
                for mut expression in expressions {
                    self.visit_expr_mut(&mut expression);
                }
            }
            Given::Statements(stmts) => {
                let mut block = Block { brace_token: Default::default(), stmts };
                self.block(&mut block, Vec::new());
            }
            Given::Paths(paths) => {
                for path in paths {
                    if path.segments.len() > 1 || self.scopes.knows_first(&path) {
                        self.value_path(&path, false);
                    }
                }
            }
        }
    }

    fn assigned(&mut self, target: &Expr) {
        match target {
            Expr::Path(path) if is_constant(&path.path) && !self.is_variable(&path.path) => {
                self.found(&path.path, &format!("`{}`", written(&path.path)), Kind::Static);
            }
            Expr::Paren(paren) => self.assigned(&paren.expr),
            Expr::Index(index) => self.assigned(&index.expr),
            Expr::Field(field) => self.assigned(&field.base),
            _ => {}
        }
    }

    fn found(&mut self, at: impl ToTokens, name: &str, kind: Kind) {
        if !self.allows.lift() {
            self.report.error(at, self.message(name, kind));
        }
    }

    fn ask(&mut self, path: &Path, witness: Witness, kind: Kind) {
        if !self.allows.lift() {
            let message = self.message(&format!("`{}`", written(path)), kind);
            self.questions.calls.push(CallQuestion { cfg: self.cfg.clone(), witness, path: path.clone(), message });
        }
    }

    fn message(&self, name: &str, kind: Kind) -> String {
        match kind {
            Kind::Output if self.looks_only => {
                format!("{name} prints where nobody looks, on whichever worker answers: write `tracing::info!(..)`")
            }
            kind => format!("{name} {}", kind.explain()),
        }
    }
}

impl VisitMut for Visitor<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        self.block(block, Vec::new());
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        // Those of a statement were taken before.
        if let Some(attribute) =
            attributes::of_expression(expression).and_then(|attrs| take_allow(attrs, self.krate, self.report))
        {
            allow::refuse(&attribute, self.report);
        }
        match expression {
            Expr::Call(call) => {
                if let Expr::Path(function) = &mut *call.func
                    && function.qself.is_none()
                {
                    self.value_path(&function.path, call.args.is_empty());
                    self.visit_path_arguments(&mut function.path);
                } else {
                    self.visit_expr_mut(&mut call.func);
                }
                for argument in &mut call.args {
                    self.visit_expr_mut(argument);
                }
            }
            // Of `<T as Trait>::f`, the trait's path is no type.
            Expr::Path(path) if path.qself.is_none() => {
                self.value_path(&path.path, false);
                self.visit_path_arguments(&mut path.path);
            }
            Expr::MethodCall(call) => self.method_call(call),
            Expr::Macro(invocation) => self.invocation(&mut invocation.mac),
            Expr::Closure(closure) => self.closure(closure, false),
            Expr::ForLoop(for_loop) => self.for_loop(for_loop),
            Expr::Struct(literal) => {
                self.type_path(&literal.path);
                for field in &mut literal.fields {
                    self.visit_expr_mut(&mut field.expr);
                }
                if let Some(rest) = &mut literal.rest {
                    self.visit_expr_mut(rest);
                }
            }
            Expr::Assign(assign) => {
                self.assigned(&assign.left);
                visit_mut::visit_expr_assign_mut(self, assign);
            }
            Expr::Binary(binary) if assigns(&binary.op) => {
                self.assigned(&binary.left);
                visit_mut::visit_expr_binary_mut(self, binary);
            }
            Expr::If(branches) => {
                // What `if let` binds is there in its branch; whoever names it elsewhere means something else.
                self.scopes.enter();
                self.visit_expr_mut(&mut branches.cond);
                self.visit_block_mut(&mut branches.then_branch);
                self.scopes.leave();
                if let Some((_, branch)) = &mut branches.else_branch {
                    self.visit_expr_mut(branch);
                }
            }
            Expr::While(repeated) => {
                self.scopes.enter();
                self.visit_expr_mut(&mut repeated.cond);
                self.visit_block_mut(&mut repeated.body);
                self.scopes.leave();
            }
            Expr::Let(condition) => {
                self.visit_expr_mut(&mut condition.expr);
                self.scopes.declare_pattern(&condition.pat);
            }
            Expr::Match(arms) => {
                self.visit_expr_mut(&mut arms.expr);
                for arm in &mut arms.arms {
                    self.scopes.enter();
                    self.scopes.declare_pattern(&arm.pat);
                    visit_mut::visit_pat_mut(self, &mut arm.pat);
                    self.visit_expr_mut(&mut arm.body);
                    self.scopes.leave();
                }
            }
            other => visit_mut::visit_expr_mut(self, other),
        }
    }

    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Type::Path(path) = ty
            && path.qself.is_none()
        {
            self.type_path(&path.path);
        }
        visit_mut::visit_type_mut(self, ty);
    }

    fn visit_macro_mut(&mut self, invocation: &mut Macro) {
        self.invocation(invocation);
    }
}

impl Visitor<'_> {
    fn visit_path_arguments(&mut self, path: &mut Path) {
        for segment in &mut path.segments {
            visit_mut::visit_path_arguments_mut(self, &mut segment.arguments);
        }
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

/// The path as written, with the one it stands for if that says more.
fn shown(path: &Path, whole: &[String]) -> String {
    let (written, whole) = (written(path), whole.join("::"));
    if whole.ends_with(written.trim_start_matches("::")) && written.contains("::") {
        format!("`{written}`")
    } else {
        format!("`{written}` (`{whole}`)")
    }
}

fn cfg(attrs: &[Attribute]) -> Vec<Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("cfg")).cloned().collect()
}

/// Whether the path is spelled like a constant or a static.
fn is_constant(path: &Path) -> bool {
    path.segments.last().is_some_and(|last| {
        let name = last.ident.to_string();
        name.len() > 1 && name.chars().all(|char| char.is_uppercase() || char.is_numeric() || char == '_')
    })
}

fn assigns(op: &BinOp) -> bool {
    op.to_token_stream().to_string().ends_with('=')
        && !matches!(op, BinOp::Eq(_) | BinOp::Le(_) | BinOp::Ge(_) | BinOp::Ne(_))
}

/// Functions in a body that have an attribute of their own, such as `#[activity]`.
fn is_expanded_elsewhere(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| {
        attr.path().segments.last().is_some_and(|last| ["activity", "test"].iter().any(|name| last.ident == name))
    })
}
