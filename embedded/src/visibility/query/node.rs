//! The tree of a filter before anything is known of its names.

/// An expression, as far as filters need it: what they never accept is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Column(String),
    Text(String),
    Number(String),
    /// Another literal.
    Raw(String),
    Bool(bool),
    Null,
    Paren(Box<Node>),
    Tuple(Vec<Node>),
    Unary(&'static str, Box<Node>),
    /// Calculations.
    Binary,
    Function,
    Not(Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
    Compare {
        left: Box<Node>,
        operator: &'static str,
        right: Box<Node>,
    },
    Between {
        left: Box<Node>,
        low: Box<Node>,
        high: Box<Node>,
        negated: bool,
    },
    IsNull {
        left: Box<Node>,
        negated: bool,
    },
    /// `IS TRUE` and the like.
    Is(Box<Node>),
}

impl Node {
    /// Whether it can be compared: a comparison cannot.
    pub(super) const fn is_value(&self) -> bool {
        !matches!(
            self,
            Self::Not(_)
                | Self::And(_)
                | Self::Or(_)
                | Self::Compare { .. }
                | Self::Between { .. }
                | Self::IsNull { .. }
                | Self::Is(_)
        )
    }

    /// What the real server's error texts call it.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Column(_) => "*sqlparser.ColName",
            Self::Text(_) | Self::Number(_) | Self::Raw(_) => "*sqlparser.SQLVal",
            Self::Bool(_) => "sqlparser.BoolVal",
            Self::Null => "*sqlparser.NullVal",
            Self::Paren(_) => "*sqlparser.ParenExpr",
            Self::Tuple(_) => "sqlparser.ValTuple",
            Self::Unary(..) => "*sqlparser.UnaryExpr",
            Self::Binary => "*sqlparser.BinaryExpr",
            Self::Function => "*sqlparser.FuncExpr",
            Self::Not(_) => "*sqlparser.NotExpr",
            Self::And(_) => "*sqlparser.AndExpr",
            Self::Or(_) => "*sqlparser.OrExpr",
            Self::Compare { .. } => "*sqlparser.ComparisonExpr",
            Self::Between { .. } => "*sqlparser.RangeCond",
            Self::IsNull { .. } | Self::Is(_) => "*sqlparser.IsExpr",
        }
    }

    /// How they write it.
    pub(super) fn show(&self) -> String {
        match self {
            Self::Column(text) | Self::Number(text) | Self::Raw(text) => text.clone(),
            Self::Text(text) => format!("'{text}'"),
            Self::Bool(value) => value.to_string(),
            Self::Null => "null".to_owned(),
            Self::Paren(inner) => format!("({})", inner.show()),
            Self::Tuple(items) => format!("({})", items.iter().map(Self::show).collect::<Vec<_>>().join(", ")),
            Self::Unary(sign, inner) => format!("{sign}{}", inner.show()),
            _ => "...".to_owned(),
        }
    }
}
