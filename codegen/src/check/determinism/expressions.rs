//! Walks through the expressions of a body.

use quote::ToTokens;
use syn::{
    BinOp, Block, Expr, ExprClosure, ExprForLoop, ExprMethodCall, Macro, Pat, Path, Type,
    visit_mut::{self, VisitMut},
};

use super::{
    allow, attributes, iteration,
    macros::{Given, parse_given},
    probe::written,
    scope::Variable,
    table,
    visit::Visitor,
};
use crate::parse::take_allow;

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

    pub(super) fn invocation(&mut self, invocation: &mut Macro) {
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

    fn visit_path_arguments(&mut self, path: &mut Path) {
        for segment in &mut path.segments {
            visit_mut::visit_path_arguments_mut(self, &mut segment.arguments);
        }
    }
}

fn assigns(op: &BinOp) -> bool {
    op.to_token_stream().to_string().ends_with('=')
        && !matches!(op, BinOp::Eq(_) | BinOp::Le(_) | BinOp::Ge(_) | BinOp::Ne(_))
}
