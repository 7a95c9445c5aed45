//! Where `#[durably::allow]` stands, and whether it lifts anything there.

use syn::{Attribute, Block, Expr, ImplItem, Path, Stmt, visit_mut::VisitMut};

use super::attributes;
use crate::{parse::take_allow, report::Report};

/// The attributes above what is being read, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Allows(Vec<Frame>);

#[derive(Debug)]
struct Frame {
    attribute: Attribute,
    used: bool,
}

impl Allows {
    pub(super) fn enter(&mut self, attribute: Option<Attribute>) -> bool {
        let entered = attribute.is_some();
        self.0.extend(attribute.map(|attribute| Frame { attribute, used: false }));
        entered
    }

    /// Reports the innermost attribute if there was nothing to lift.
    pub(super) fn leave(&mut self, entered: bool, what: &str, report: &mut Report) {
        if !entered {
            return;
        }
        if let Some(Frame { attribute, used: false }) = self.0.pop() {
            let message =
                format!("`#[durably::allow]` lifts nothing here: no check finds fault with this {what}, so remove it");
            report.error(attribute, message);
        }
    }

    /// Whether a finding here is lifted.
    pub(super) fn lift(&mut self) -> bool {
        match self.0.last_mut() {
            Some(frame) => {
                frame.used = true;
                true
            }
            None => false,
        }
    }
}

/// Reports the attribute where nothing reads it.
pub(super) fn refuse(attribute: &Attribute, report: &mut Report) {
    let message = "`#[durably::allow]` belongs on a statement or a method inside an impl marked `#[workflow]`, or on a field of the \
                   struct: move it there";
    report.error(attribute, message);
}

/// Reports the attribute on a member that is not a method.
pub(super) fn refuse_member(member: &mut ImplItem, krate: &Path, report: &mut Report) {
    let attrs = match member {
        ImplItem::Const(constant) => &mut constant.attrs,
        ImplItem::Type(alias) => &mut alias.attrs,
        ImplItem::Macro(invocation) => &mut invocation.attrs,
        _ => return,
    };
    if let Some(attribute) = take_allow(attrs, krate, report) {
        refuse(&attribute, report);
    }
}

/// Reports the attribute in and on activities, which may do what they like.
pub(crate) fn refuse_allows(attrs: &mut Vec<Attribute>, block: &mut Block, krate: &Path, report: &mut Report) {
    struct Refuse<'a>(&'a Path, &'a mut Report);

    impl Refuse<'_> {
        fn take(&mut self, attrs: Option<&mut Vec<Attribute>>) {
            if let Some(attribute) = attrs.and_then(|attrs| take_allow(attrs, self.0, self.1)) {
                let message = "`#[durably::allow]` lifts nothing in an activity, which may do what it likes: remove it";
                self.1.error(attribute, message);
            }
        }
    }

    impl VisitMut for Refuse<'_> {
        fn visit_stmt_mut(&mut self, statement: &mut Stmt) {
            self.take(attributes::of_statement(statement));
            syn::visit_mut::visit_stmt_mut(self, statement);
        }

        fn visit_expr_mut(&mut self, expression: &mut Expr) {
            self.take(attributes::of_expression(expression));
            syn::visit_mut::visit_expr_mut(self, expression);
        }
    }

    let mut refuse = Refuse(krate, report);
    refuse.take(Some(attrs));
    refuse.visit_block_mut(block);
}
