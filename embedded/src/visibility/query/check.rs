//! From the parser's tree to a condition: names, operators and values that fit each other.

use super::{
    super::{
        Refused,
        attributes::{Attributes, Kind},
    },
    Column, Comparison, Condition, Filter, Operand, Test,
    grammar::Clauses,
    node::Node,
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
        Some(node) => check.condition(node)?,
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
    fn condition(&mut self, node: &Node) -> Result<Condition, Refused> {
        match node {
            Node::Paren(inner) => self.condition(inner),
            Node::Not(inner) => Ok(Condition::Not(Box::new(self.condition(inner)?))),
            Node::And(parts) => Ok(Condition::All(self.conditions(parts)?)),
            Node::Or(parts) => Ok(Condition::Any(self.conditions(parts)?)),
            Node::Compare { left, operator, right } => self.compare(left, operator, right),
            Node::Between { left, low, high, negated } => self.between(left, low, high, *negated),
            Node::IsNull { left, negated } => {
                Ok(Condition::Test { column: self.field(left)?.column, test: Test::Null { negated: *negated } })
            }
            Node::Is(left) => {
                self.field(left)?;
                Err(Refused::expression("'IS' operator can only be used as 'IS NULL' or 'IS NOT NULL'"))
            }
            Node::Function => Err(Refused::unsupported("function expression")),
            Node::Column(_) => Err(Refused::expression("incomplete expression")),
            _ => Err(Refused::unsupported(format_args!("expression of type {}", node.name()))),
        }
    }

    fn conditions(&mut self, parts: &[Node]) -> Result<Vec<Condition>, Refused> {
        parts.iter().map(|part| self.condition(part)).collect()
    }

    fn compare(&mut self, left: &Node, operator: &str, right: &Node) -> Result<Condition, Refused> {
        let field = self.field(left)?;
        let test = match right {
            Node::Tuple(items) if operator == "IN" || operator == "NOT IN" => one_of(&field, operator, items)?,
            right => one(&field, operator, right)?,
        };
        Ok(Condition::Test { column: field.column, test })
    }

    fn between(&mut self, left: &Node, low: &Node, high: &Node, negated: bool) -> Result<Condition, Refused> {
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

    fn field(&mut self, node: &Node) -> Result<Field, Refused> {
        let Node::Column(name) = node else {
            return Err(Refused::expression(format_args!("must be a column name but was {}", node.name())));
        };
        let Some((field, kind)) = self.attributes.resolve(name) else {
            return Err(Refused::query(format_args!("invalid search attribute: {name}")));
        };
        let column = Column::new(field, kind);
        self.divisions |= column == Column::division();
        Ok(Field { name: name.clone(), kind, column })
    }

    /// Whether to group by status, which is all there is.
    fn group_by(&mut self, group_by: &[Node]) -> Result<bool, Refused> {
        let [node] = group_by else {
            return if group_by.is_empty() {
                Ok(false)
            } else {
                Err(Refused::unsupported("'GROUP BY' clause supports only a single field"))
            };
        };
        let field = self.field(node)?;
        if field.column == Column::ExecutionStatus {
            return Ok(true);
        }
        Err(Refused::unsupported(format_args!(
            "'GROUP BY' clause is not supported for search attribute {}",
            field.name
        )))
    }

    fn order_by(&mut self, order_by: &[Node]) -> Result<(), Refused> {
        for node in order_by {
            if self.field(node)?.kind == Kind::Text {
                return Err(Refused::unsupported("unable to sort by search attribute type Text"));
            }
        }
        if order_by.is_empty() { Ok(()) } else { Err(Refused::unsupported("'ORDER BY' clause")) }
    }
}

/// A test against one value.
fn one(field: &Field, operator: &str, right: &Node) -> Result<Test, Refused> {
    let operand = value::operand(field, right)?;
    match (operator, comparison(operator), field.kind) {
        (_, Some(comparison @ (Comparison::Equal | Comparison::NotEqual)), Kind::Text | Kind::KeywordList) => {
            Ok(Test::Has { operands: vec![operand], negated: comparison == Comparison::NotEqual })
        }
        (_, Some(_), Kind::Text | Kind::KeywordList) => Err(unsupported(field, operator)),
        (_, Some(comparison), _) => Ok(Test::Compare(comparison, operand)),
        ("STARTS_WITH" | "NOT STARTS_WITH", None, Kind::Keyword) => match operand {
            Operand::Text(prefix) => Ok(Test::StartsWith { prefix, negated: operator == "NOT STARTS_WITH" }),
            // Statuses are names to users and numbers inside.
            _ => Err(Refused::expression(format_args!(
                "right-hand side of {:?} operator must be a literal string (got: {})",
                operator.to_ascii_lowercase(),
                right.show().trim_matches('\'')
            ))),
        },
        _ => Err(unsupported(field, operator)),
    }
}

fn one_of(field: &Field, operator: &str, items: &[Node]) -> Result<Test, Refused> {
    let operands = items.iter().map(|item| value::operand(field, item)).collect::<Result<_, _>>()?;
    let negated = operator == "NOT IN";
    match field.kind {
        Kind::Text => Err(unsupported(field, operator)),
        Kind::KeywordList => Ok(Test::Has { operands, negated }),
        _ => Ok(Test::OneOf { operands, negated }),
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

fn unsupported(field: &Field, operator: &str) -> Refused {
    let Field { name, kind, .. } = field;
    Refused::unsupported(format_args!("operator '{operator}' not supported for {kind} type search attribute '{name}'"))
}
