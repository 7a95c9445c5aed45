//! What the parts of an expression are called in the real server's error texts, and how it writes them.

use sqlparser::ast::{BinaryOperator, Expr, InTarget, UnaryOperator, Value};

/// The name of its type.
pub(super) fn name(expr: &Expr) -> &'static str {
    match expr {
        Expr::Identifier(_) | Expr::CompoundIdentifier(_) => "*sqlparser.ColName",
        Expr::Value(value) => match value.value {
            Value::Boolean(_) => "sqlparser.BoolVal",
            Value::Null => "*sqlparser.NullVal",
            _ => "*sqlparser.SQLVal",
        },
        Expr::Prefixed { .. } | Expr::TypedString(_) => "*sqlparser.SQLVal",
        Expr::Nested(_) => "*sqlparser.ParenExpr",
        Expr::Tuple(_) => "sqlparser.ValTuple",
        Expr::UnaryOp { op: UnaryOperator::Not, .. } => "*sqlparser.NotExpr",
        Expr::UnaryOp { .. } => "*sqlparser.UnaryExpr",
        Expr::BinaryOp { op: BinaryOperator::And, .. } => "*sqlparser.AndExpr",
        Expr::BinaryOp { op: BinaryOperator::Or, .. } => "*sqlparser.OrExpr",
        Expr::BinaryOp { op, .. } if comparison(op) => "*sqlparser.ComparisonExpr",
        Expr::In { target: InTarget::List(_) | InTarget::Subquery(_), .. }
        | Expr::Like { .. }
        | Expr::ILike { .. }
        | Expr::RLike { .. } => "*sqlparser.ComparisonExpr",
        Expr::Between { .. } => "*sqlparser.RangeCond",
        Expr::IsNull(_)
        | Expr::IsNotNull(_)
        | Expr::IsTrue(_)
        | Expr::IsNotTrue(_)
        | Expr::IsFalse(_)
        | Expr::IsNotFalse(_) => "*sqlparser.IsExpr",
        Expr::Function(_) => "*sqlparser.FuncExpr",
        Expr::Subquery(_) => "*sqlparser.Subquery",
        Expr::Exists { .. } => "*sqlparser.ExistsExpr",
        Expr::Case { .. } => "*sqlparser.CaseExpr",
        Expr::Cast { .. } | Expr::Convert { .. } => "*sqlparser.ConvertExpr",
        Expr::Interval(_) => "*sqlparser.IntervalExpr",
        Expr::Collate { .. } => "*sqlparser.CollateExpr",
        Expr::MatchAgainst { .. } => "*sqlparser.MatchExpr",
        _ => "*sqlparser.BinaryExpr",
    }
}

/// A column's name without backticks.
pub(super) fn column(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Identifier(ident) => Some(ident.value.clone()),
        Expr::CompoundIdentifier(idents) => {
            Some(idents.iter().map(|ident| ident.value.as_str()).collect::<Vec<_>>().join("."))
        }
        _ => None,
    }
}

fn comparison(op: &BinaryOperator) -> bool {
    matches!(
        op,
        BinaryOperator::Eq
            | BinaryOperator::NotEq
            | BinaryOperator::Lt
            | BinaryOperator::LtEq
            | BinaryOperator::Gt
            | BinaryOperator::GtEq
            | BinaryOperator::Spaceship
            | BinaryOperator::Custom(_)
    )
}
