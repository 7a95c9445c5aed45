//! The attributes of expressions and statements, wherever the syntax tree keeps them.

use syn::{Attribute, Expr, Stmt};

/// The attributes of a statement. Those of an assignment or a sum stand at its leftmost part.
pub(super) fn of_statement(statement: &mut Stmt) -> Option<&mut Vec<Attribute>> {
    match statement {
        Stmt::Local(local) => Some(&mut local.attrs),
        Stmt::Macro(invocation) => Some(&mut invocation.attrs),
        Stmt::Item(_) => None,
        Stmt::Expr(expression, _) => {
            let mut target = expression;
            loop {
                target = match target {
                    Expr::Assign(assign) => &mut assign.left,
                    Expr::Binary(binary) => &mut binary.left,
                    Expr::Cast(cast) => &mut cast.expr,
                    other => return of_expression(other),
                }
            }
        }
    }
}

/// The attributes of an expression.
pub(super) fn of_expression(expression: &mut Expr) -> Option<&mut Vec<Attribute>> {
    macro_rules! attrs {
        ($($Variant:ident)+) => {
            match expression {
                $(Expr::$Variant(expression) => Some(&mut expression.attrs),)+
                _ => None,
            }
        };
    }
    attrs! {
        Array Assign Async Await Binary Block Break Call Cast Closure Const Continue Field ForLoop Group If Index Infer Let Lit
        Loop Macro Match MethodCall Paren Path Range RawAddr Reference Repeat Return Struct Try TryBlock Tuple Unary Unsafe
        While Yield
    }
}
