//! The grammar of filters, which is MySQL's of conditions without what no filter has: queries, `CASE`, casts.
//!
//! Not a SQL parser crate: those recurse with the text a client sends until the stack is full, or need a C compiler to
//! grow it. Here the depth is limited, and mistakes are named as the real server names them.

use super::{
    super::Refused,
    lexer::{Lexer, Sort, Token},
    node::Node,
    syntax::{Origin, reserved},
};

/// The limits of the real server: of `(` and `NOT` within each other, of parts joined to one.
const MAX_NESTING: usize = 200;
const MAX_PARTS: usize = 1_000;

/// The clauses of a filter.
#[derive(Default)]
pub(super) struct Clauses {
    pub(super) condition: Option<Node>,
    pub(super) group_by: Vec<Node>,
    pub(super) order_by: Vec<Node>,
    pub(super) limit: bool,
}

/// # Errors
/// The text is not a filter.
pub(super) fn parse(text: &str) -> Result<Clauses, Refused> {
    let text = text.trim();
    let mut clauses = Clauses::default();
    if text.is_empty() {
        return Ok(clauses);
    }
    let start = text.get(.."group by".len()).unwrap_or_default().to_ascii_lowercase();
    let conditional = start != "group by" && start != "order by";
    let mut parser = Parser::new(text, Origin::new(conditional));
    if conditional {
        clauses.condition = Some(parser.expression(Bond::Or)?);
    }
    if parser.words(&["group", "by"])? {
        clauses.group_by.push(parser.expression(Bond::Or)?);
        while parser.sign(",") {
            clauses.group_by.push(parser.expression(Bond::Or)?);
        }
    }
    if parser.words(&["order", "by"])? {
        loop {
            clauses.order_by.push(parser.expression(Bond::Or)?);
            let _direction = parser.word("asc") || parser.word("desc");
            if !parser.sign(",") {
                break;
            }
        }
    }
    if parser.word("limit") {
        parser.expression(Bond::Or)?;
        clauses.limit = true;
        if parser.word("offset") || parser.sign(",") {
            parser.expression(Bond::Or)?;
        }
    }
    parser.sign(";");
    if parser.token.sort == Sort::End { Ok(clauses) } else { Err(parser.error()) }
}

/// How tightly an operator holds its sides, the loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    Or,
    And,
    Not,
    /// Comparisons, of which there is one.
    Test,
    /// Calculations, which are read but not kept.
    Value,
}

const CALCULATIONS: [&str; 12] = ["+", "-", "*", "/", "%", "^", "&", "|", "<<", ">>", "->", "->>"];

/// Signs, and the operators they are.
const COMPARISONS: [(&str, &str); 8] =
    [("=", "="), ("!=", "!="), ("<>", "!="), ("<", "<"), ("<=", "<="), (">", ">"), (">=", ">="), ("<=>", "<=>")];

/// Words with which a comparison begins.
const TESTS: [&str; 7] = ["not", "in", "between", "like", "regexp", "rlike", "starts_with"];

struct Parser<'a> {
    lexer: Lexer<'a>,
    origin: Origin,
    /// The one that comes next.
    token: Token,
    nesting: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, origin: Origin) -> Self {
        let mut lexer = Lexer::new(text);
        let token = lexer.next();
        Self { lexer, origin, token, nesting: 0 }
    }

    /// What binds at least as tightly as `bond`.
    fn expression(&mut self, bond: Bond) -> Result<Node, Refused> {
        let mut left = self.start(bond)?;
        for _ in 0..=MAX_PARTS {
            left = if bond <= Bond::Or && (self.word("or") || self.sign("||")) {
                let right = self.expression(Bond::And)?;
                match left {
                    Node::Or(parts) => Node::Or(join(parts, right)),
                    first => Node::Or(vec![first, right]),
                }
            } else if bond <= Bond::And && (self.word("and") || self.sign("&&")) {
                let right = self.expression(Bond::Not)?;
                match left {
                    Node::And(parts) => Node::And(join(parts, right)),
                    first => Node::And(vec![first, right]),
                }
            } else if bond <= Bond::Test && self.word("is") {
                self.is(left)?
            } else if CALCULATIONS.iter().any(|sign| self.sign(sign)) {
                self.start(Bond::Value)?;
                Node::Binary
            } else if bond <= Bond::Test && left.is_value() && self.tests() {
                self.test(left)?
            } else {
                return Ok(left);
            }
        }
        Err(Refused::malformed("max ast depth reached"))
    }

    fn start(&mut self, bond: Bond) -> Result<Node, Refused> {
        if bond <= Bond::Not && self.is_word("not") {
            self.enter()?;
            self.advance();
            let inner = self.expression(Bond::Not)?;
            self.nesting -= 1;
            return Ok(Node::Not(Box::new(inner)));
        }
        let mut signs = Vec::new();
        while let Some(sign) = ["+", "-", "~", "!"].into_iter().find(|sign| self.sign(sign)) {
            signs.push(sign);
            if signs.len() > MAX_NESTING {
                return Err(self.origin.too_deep(&self.token));
            }
        }
        let node = if self.token.sort == Sort::Sign("(") { self.parentheses()? } else { self.operand()? };
        Ok(signs.into_iter().rev().fold(node, |node, sign| Node::Unary(sign, Box::new(node))))
    }

    fn is(&mut self, left: Node) -> Result<Node, Refused> {
        let (left, negated) = (Box::new(left), self.word("not"));
        if self.word("null") {
            Ok(Node::IsNull { left, negated })
        } else if self.word("true") || self.word("false") {
            Ok(Node::Is(left))
        } else {
            Err(self.error())
        }
    }

    /// Whether something is said of the value before.
    fn tests(&self) -> bool {
        match &self.token.sort {
            Sort::Sign(sign) => COMPARISONS.iter().any(|(known, _)| known == sign),
            Sort::Word(word) => TESTS.iter().any(|known| word.eq_ignore_ascii_case(known)),
            _ => false,
        }
    }

    fn test(&mut self, left: Node) -> Result<Node, Refused> {
        let left = Box::new(left);
        if let Some((_, operator)) = COMPARISONS.iter().find(|(sign, _)| self.sign(sign)) {
            return Ok(Node::Compare { left, operator, right: Box::new(self.expression(Bond::Value)?) });
        }
        let negated = self.word("not");
        if self.word("between") {
            let low = Box::new(self.expression(Bond::Value)?);
            if !self.word("and") {
                return Err(self.error());
            }
            return Ok(Node::Between { left, low, high: Box::new(self.expression(Bond::Value)?), negated });
        }
        if self.word("in") {
            let right = Box::new(Node::Tuple(self.tuple()?));
            return Ok(Node::Compare { left, operator: if negated { "NOT IN" } else { "IN" }, right });
        }
        let operator = match (negated, ()) {
            (false, ()) if self.word("starts_with") => "STARTS_WITH",
            (true, ()) if self.word("starts_with") => "NOT STARTS_WITH",
            (false, ()) if self.word("like") => "LIKE",
            (true, ()) if self.word("like") => "NOT LIKE",
            (false, ()) if self.word("regexp") || self.word("rlike") => "REGEXP",
            (true, ()) if self.word("regexp") || self.word("rlike") => "NOT REGEXP",
            _ => return Err(self.error()),
        };
        Ok(Node::Compare { left, operator, right: Box::new(self.expression(Bond::Value)?) })
    }

    fn parentheses(&mut self) -> Result<Node, Refused> {
        let mut items = self.tuple()?;
        Ok(match (items.pop(), items.is_empty()) {
            (Some(item), true) => Node::Paren(Box::new(item)),
            (last, _) => Node::Tuple(items.into_iter().chain(last).collect()),
        })
    }

    fn operand(&mut self) -> Result<Node, Refused> {
        let node = match &self.token.sort {
            Sort::Word(word) if word.eq_ignore_ascii_case("true") => Node::Bool(true),
            Sort::Word(word) if word.eq_ignore_ascii_case("false") => Node::Bool(false),
            Sort::Word(word) if word.eq_ignore_ascii_case("null") => Node::Null,
            Sort::Word(word) if reserved(word) => return Err(self.error()),
            Sort::Word(_) | Sort::Quoted(_) => return self.name(),
            Sort::Text(text) => Node::Text(text.clone()),
            Sort::Number(number) => Node::Number(number.clone()),
            Sort::Raw(text) => Node::Raw(text.clone()),
            Sort::Sign(_) | Sort::Wrong(_) | Sort::End => return Err(self.error()),
        };
        self.advance();
        Ok(node)
    }

    /// A column, or a call of a function, whose arguments do not matter.
    fn name(&mut self) -> Result<Node, Refused> {
        let mut name = String::new();
        loop {
            match &self.token.sort {
                Sort::Word(part) | Sort::Quoted(part) => name.push_str(part),
                _ => return Err(self.error()),
            }
            self.advance();
            if !self.sign(".") {
                break;
            }
            name.push('.');
        }
        if !self.sign("(") {
            return Ok(Node::Column(name));
        }
        let mut open = 1_usize;
        while open > 0 {
            match self.token.sort {
                Sort::Sign("(") => open += 1,
                Sort::Sign(")") => open -= 1,
                Sort::Wrong(_) | Sort::End => return Err(self.error()),
                _ => {}
            }
            self.advance();
        }
        Ok(Node::Function)
    }

    /// At least one expression in parentheses.
    fn tuple(&mut self) -> Result<Vec<Node>, Refused> {
        if self.token.sort != Sort::Sign("(") {
            return Err(self.error());
        }
        self.enter()?;
        self.advance();
        let mut items = vec![self.expression(Bond::Or)?];
        while self.sign(",") {
            items.push(self.expression(Bond::Or)?);
        }
        self.nesting -= 1;
        if self.sign(")") { Ok(items) } else { Err(self.error()) }
    }

    fn enter(&mut self) -> Result<(), Refused> {
        self.nesting += 1;
        if self.nesting < MAX_NESTING { Ok(()) } else { Err(self.origin.too_deep(&self.token)) }
    }

    fn error(&self) -> Refused {
        self.origin.error(&self.token)
    }

    fn advance(&mut self) {
        self.token = self.lexer.next();
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(&self.token.sort, Sort::Word(next) if next.eq_ignore_ascii_case(word))
    }

    /// Goes on if `word` is next.
    fn word(&mut self, word: &str) -> bool {
        let next = self.is_word(word);
        if next {
            self.advance();
        }
        next
    }

    /// All of them if the first is next.
    fn words(&mut self, words: &[&str]) -> Result<bool, Refused> {
        let Some((first, rest)) = words.split_first() else { return Ok(false) };
        if !self.word(first) {
            return Ok(false);
        }
        if rest.iter().all(|word| self.word(word)) { Ok(true) } else { Err(self.error()) }
    }

    fn sign(&mut self, sign: &str) -> bool {
        let next = matches!(self.token.sort, Sort::Sign(next) if next == sign);
        if next {
            self.advance();
        }
        next
    }
}

fn join(mut parts: Vec<Node>, part: Node) -> Vec<Node> {
    parts.push(part);
    parts
}
