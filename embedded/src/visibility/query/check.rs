//! From the parser's tree to a condition: names, operators and values that fit each other.

use sqlparser::ast::{BinaryOperator, Expr, InTarget, UnaryOperator};

use super::{
    super::{
        Refused,
        attributes::{Attributes, Kind},
    },
    Column, Comparison, Condition, Filter, Operand, Test, node,
    sql::Clauses,
    tokens::{NOT_STARTS_WITH, STARTS_WITH},
    value,
};

/// An attribute as a filter names it.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) column: Column,
}

pub(super) fn filter(clauses: Clauses, attributes: &Attributes) -> Result<Filter, Refused> {
    if clauses.limit {
        return Err(Refused::unsupported("'LIMIT' clause"));
    }
    let mut check = Check { attributes, divisions: false };
    let condition = match &clauses.condition {
        Some(expr) => check.condition(expr)?,
        None => Condition::All(Vec::new()),
    };
    let by_status = check.group_by(&clauses.group_by)?;
    check.order_by(&clauses.order_by)?;
    Ok(Filter { condition, by_status, divisions: check.divisions })
}

struct Check<'a> {
    attributes: &'a Attributes,
    divisions: bool,
}

impl Check<'_> {
    fn condition(&mut self, expr: &Expr) -> Result<Condition, Refused> {
        match expr {
            Expr::Nested(inner) => self.condition(inner),
            Expr::UnaryOp { op: UnaryOperator::Not, expr } => Ok(Condition::Not(Box::new(self.condition(expr)?))),
            Expr::BinaryOp { op: op @ BinaryOperator::And, .. } => Ok(Condition::All(self.chain(expr, op)?)),
            Expr::BinaryOp { op: op @ BinaryOperator::Or, .. } => Ok(Condition::Any(self.chain(expr, op)?)),
            Expr::BinaryOp { left, op, right } => match operator(op) {
                Some(operator) => self.compare(left, &operator, right),
                None => Err(unknown(expr)),
            },
            Expr::Like { expr, pattern, negated, .. } => self.compare(expr, not(*negated, "LIKE", "NOT LIKE"), pattern),
            Expr::ILike { expr, pattern, negated, .. } => {
                self.compare(expr, not(*negated, "ILIKE", "NOT ILIKE"), pattern)
            }
            Expr::RLike { expr, pattern, negated, .. } => {
                self.compare(expr, not(*negated, "REGEXP", "NOT REGEXP"), pattern)
            }
            Expr::In { expr, target, negated, .. } => self.one_of(expr, target, *negated),
            Expr::Between { expr, negated, low, high } => self.between(expr, low, high, *negated),
            Expr::IsNull(expr) => self.test(expr, Test::Null { negated: false }),
            Expr::IsNotNull(expr) => self.test(expr, Test::Null { negated: true }),
            Expr::IsTrue(expr)
            | Expr::IsNotTrue(expr)
            | Expr::IsFalse(expr)
            | Expr::IsNotFalse(expr)
            | Expr::IsUnknown(expr)
            | Expr::IsNotUnknown(expr) => {
                self.field(expr)?;
                Err(Refused::expression("'IS' operator can only be used as 'IS NULL' or 'IS NOT NULL'"))
            }
            Expr::Function(_) => Err(Refused::unsupported("function expression")),
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => Err(Refused::expression("incomplete expression")),
            _ => Err(unknown(expr)),
        }
    }

    /// `a AND b AND c` is a tree as deep as it is long: it is walked, not descended.
    fn chain(&mut self, expr: &Expr, operator: &BinaryOperator) -> Result<Vec<Condition>, Refused> {
        let mut parts = Vec::new();
        let mut rest = expr;
        while let Expr::BinaryOp { left, op, right } = rest
            && op == operator
        {
            parts.push(right.as_ref());
            rest = left;
        }
        parts.push(rest);
        parts.into_iter().rev().map(|part| self.condition(part)).collect()
    }

    fn compare(&mut self, left: &Expr, operator: &str, right: &Expr) -> Result<Condition, Refused> {
        let field = self.field(left)?;
        let operand = value::operand(&field, right)?;
        let test = match (comparison(operator), field.kind) {
            (Some(Comparison::Equal), Kind::Text | Kind::KeywordList) => {
                Test::Has { operands: vec![operand], negated: false }
            }
            (Some(Comparison::NotEqual), Kind::Text | Kind::KeywordList) => {
                Test::Has { operands: vec![operand], negated: true }
            }
            (Some(comparison), kind) if kind != Kind::Text && kind != Kind::KeywordList => {
                Test::Compare(comparison, operand)
            }
            (None, Kind::Keyword) if operator == STARTS_WITH || operator == NOT_STARTS_WITH => match operand {
                Operand::Text(prefix) => Test::StartsWith { prefix, negated: operator == NOT_STARTS_WITH },
                // Statuses are names to users and numbers inside.
                _ => {
                    let operator = operator.to_ascii_lowercase();
                    let got = value::string(right).unwrap_or_default();
                    return Err(Refused::expression(format_args!(
                        "right-hand side of {operator:?} operator must be a literal string (got: {got})"
                    )));
                }
            },
            _ => return Err(unsupported(&field, operator)),
        };
        Ok(Condition::Test { column: field.column, test })
    }

    fn one_of(&mut self, left: &Expr, target: &InTarget, negated: bool) -> Result<Condition, Refused> {
        let field = self.field(left)?;
        let InTarget::List(items) = target else {
            return Err(Refused::expression("unexpected value type *sqlparser.Subquery"));
        };
        let operands = items.iter().map(|item| value::operand(&field, item)).collect::<Result<_, _>>()?;
        let test = match field.kind {
            Kind::Text => return Err(unsupported(&field, not(negated, "IN", "NOT IN"))),
            Kind::KeywordList => Test::Has { operands, negated },
            _ => Test::OneOf { operands, negated },
        };
        Ok(Condition::Test { column: field.column, test })
    }

    fn between(&mut self, left: &Expr, low: &Expr, high: &Expr, negated: bool) -> Result<Condition, Refused> {
        let field = self.field(left)?;
        if matches!(field.kind, Kind::Text | Kind::KeywordList | Kind::Bool) {
            let Field { name, kind, .. } = field;
            return Err(Refused::expression(format_args!(
                "cannot do range condition on search attribute '{name}' of type {kind}"
            )));
        }
        let (low, high) = (value::operand(&field, low)?, value::operand(&field, high)?);
        Ok(Condition::Test { column: field.column, test: Test::Between { low, high, negated } })
    }

    fn test(&mut self, left: &Expr, test: Test) -> Result<Condition, Refused> {
        Ok(Condition::Test { column: self.field(left)?.column, test })
    }

    fn field(&mut self, expr: &Expr) -> Result<Field, Refused> {
        let Some(name) = node::column(expr) else {
            return Err(Refused::expression(format_args!("must be a column name but was {}", node::name(expr))));
        };
        let Some((field, kind)) = self.attributes.resolve(&name) else {
            return Err(Refused::query(format_args!("invalid search attribute: {name}")));
        };
        let column = Column::new(field, kind);
        self.divisions |= column == Column::division();
        Ok(Field { name, kind, column })
    }

    /// Whether to group by status, which is all there is.
    fn group_by(&mut self, group_by: &[Expr]) -> Result<bool, Refused> {
        let [expr] = group_by else {
            return if group_by.is_empty() {
                Ok(false)
            } else {
                Err(Refused::unsupported("'GROUP BY' clause supports only a single field"))
            };
        };
        let field = self.field(expr)?;
        if field.column == Column::ExecutionStatus {
            return Ok(true);
        }
        Err(Refused::unsupported(format_args!(
            "'GROUP BY' clause is not supported for search attribute {}",
            field.name
        )))
    }

    fn order_by(&mut self, order_by: &[Expr]) -> Result<(), Refused> {
        for expr in order_by {
            if self.field(expr)?.kind == Kind::Text {
                return Err(Refused::unsupported("unable to sort by search attribute type Text"));
            }
        }
        if order_by.is_empty() { Ok(()) } else { Err(Refused::unsupported("'ORDER BY' clause")) }
    }
}

fn operator(op: &BinaryOperator) -> Option<String> {
    match op {
        BinaryOperator::NotEq => Some("!=".to_owned()),
        BinaryOperator::Eq
        | BinaryOperator::Lt
        | BinaryOperator::LtEq
        | BinaryOperator::Gt
        | BinaryOperator::GtEq
        | BinaryOperator::Spaceship => Some(op.to_string()),
        BinaryOperator::Custom(name) => Some(name.clone()),
        _ => None,
    }
}

fn comparison(operator: &str) -> Option<Comparison> {
    Some(match operator {
        "=" => Comparison::Equal,
        "!=" => Comparison::NotEqual,
        "<" => Comparison::Less,
        "<=" => Comparison::LessOrEqual,
        ">" => Comparison::Greater,
        ">=" => Comparison::GreaterOrEqual,
        _ => return None,
    })
}

const fn not(negated: bool, plain: &'static str, negation: &'static str) -> &'static str {
    if negated { negation } else { plain }
}

fn unknown(expr: &Expr) -> Refused {
    Refused::unsupported(format_args!("expression of type {}", node::name(expr)))
}

fn unsupported(field: &Field, operator: &str) -> Refused {
    let Field { name, kind, .. } = field;
    Refused::unsupported(format_args!("operator '{operator}' not supported for {kind} type search attribute '{name}'"))
}
