//! What is put into the attributes.

use std::fmt;

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

use super::random::Random;

/// The options of an attribute, and the item under it.
pub(crate) struct Case {
    pub(crate) attribute: TokenStream,
    pub(crate) item: TokenStream,
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n#[..({})]\n{}", self.attribute, self.item)
    }
}

const ATTRIBUTES: &[&str] = &[
    "",
    r#"task_queue = "q""#,
    r#"name = "A", run_timeout = "1h", retry_policy(maximum_attempts = 3, backoff_coefficient = 1.5)"#,
    r#"rename_all = "PascalCase", crate = "my::durably""#,
    r#"start_to_close_timeout = "10s", heartbeat_timeout = "1s", stub = "Stub""#,
    r#"nondeterminism, reason = "none""#,
    r#"retry_policy(non_retryable_error_types(PaymentError::Limit, "Fraud", ::a::B::<C>::D, Alone))"#,
    r#"id_reuse_policy = AllowDuplicate, cron_schedule = "0 * * * *""#,
];

const ITEMS: &[&str] = &[
    include_str!("../snapshots/greeting.rs"),
    include_str!("../snapshots/order.rs"),
    include_str!("../snapshots/mailer.rs"),
    include_str!("../snapshots/payment.rs"),
    r##"#[failure(rename_all = "snake_case", crate = "my::durably")] enum Failed {
        #[failure(name = "A", message = "{{{reason}}} of {0:>5} {code:?}", non_retryable)]
        Declined { reason: String, r#type: u32, code: Option<&'static str> },
        #[failure(next_retry_delay = "30s", category = Benign, message = "{1}")] Busy(u8, [u8; 3]),
        #[failure] r#Limit = 3, #[failure(message = "{")] Gone {},
    }"##,
    r#"#[failure(name = "None", message = "{0}")] struct NoDeposit<'a, T: Clone>(#[failure] &'a [T]) where T: Copy;"#,
    "struct Greeting { #[durably::allow(nondeterminism, reason = \"r\")] a: Option<Instant>, b: HashMap<u8, Vec<Self>> }",
    "struct Unit; struct Tuple(Mutex<u8>, [u8; 3], fn(u8) -> u8, Box<dyn Fn(u8)>);",
    r#"impl Greeting {
        #[init] fn new(ctx: &WorkflowContextView, host: String) -> Self { Self { host } }
        #[run(id = "greeting-{host}")]
        async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
            use std::{time::{self, Instant as Watch}, collections::*};
            #[durably::allow(nondeterminism, reason = "r")] let a = Watch::now();
            let mut b = HashMap::new(); let c: Names = x; for (k, v) in &b { c.iter(); }
            ctx.wait_condition(|w| w.names.values().any(|n| n > 1)).await?;
            select! { _ = ctx.timer(1) => { tokio::spawn(f) } }
            let d = match e { Some(f) if f.g() => h[1], _ => COUNT.load(), };
            if let Some(i) = j && k { unsafe { SUM += 1 } } else { while l { env::var("m")?; } }
            Ok(<Wall as Clock>::now())
        }
        #[signal(name = "exit")] async fn close(ctx: WorkflowContext<Self>, names: HashMap<u8, u8>) { names.keys(); }
        #[query(dynamic)] fn any(&self, name: String, args: RawValue) -> u8 { println!("{}", fs::read("a")); 0 }
        #[update] fn rename(&mut self, r#type: &str, (a, b): (u8, u8), _: impl Into<String>) -> Result<u8, E> { Ok(1) }
        #[update_validator(rename)] fn check(&self, from: &String) -> Result<(), E> { Ok(()) }
        const LIMIT: u32 = 3; type X = u8; fn helper<T: Clock, const N: usize>() { T::now() }
    }"#,
    r#"#[activity] impl Mailer { #[activity(retry_policy(maximum_attempts = 0))] pub(crate) fn send(&self, to: String) {} }"#,
    "pub async fn compose(ctx: &ActivityContext, host: String, name: Option<String>) -> ActivityResult<String> { Ok(host) }",
    "enum E { A, B } trait T { fn f(); } mod m { fn f() {} } union U { a: u8 }",
    "impl<T> Trait for Vec<T> where T: Clone { fn f(&self) { self. } }",
];

const WORDS: &[&str] = &[
    "impl",
    "struct",
    "fn",
    "async",
    "self",
    "Self",
    "mut",
    "use",
    "as",
    "crate",
    "super",
    "for",
    "in",
    "let",
    "match",
    "if",
    "else",
    "move",
    "unsafe",
    "dyn",
    "where",
    "pub",
    "const",
    "static",
    "type",
    "ref",
    "return",
    "await",
    "loop",
    "durably",
    "allow",
    "run",
    "signal",
    "query",
    "update",
    "update_validator",
    "init",
    "activity",
    "workflow",
    "name",
    "dynamic",
    "id",
    "reason",
    "nondeterminism",
    "failure",
    "message",
    "enum",
    "std",
    "time",
    "Instant",
    "now",
    "HashMap",
    "iter",
    "ctx",
    "state",
    "w",
    "println",
    "tokio",
    "select",
    "r#in",
    "_",
    "COUNT",
    "cfg",
    "doc",
    "'a",
];

const PUNCTUATION: &[char] =
    &['#', '!', ':', ',', ';', '.', '=', '<', '>', '&', '|', '?', '+', '-', '*', '@', '$', '\''];

impl Case {
    pub(crate) fn generate(random: &mut Random) -> Self {
        let attribute = parse(random.pick(ATTRIBUTES));
        let attribute = if random.once_in(2) { damage(attribute, random) } else { attribute };
        let item = match random.below(4) {
            0 => arbitrary(random, 0),
            1 => parse(random.pick(ITEMS)),
            _ => one_of(parse(random.pick(ITEMS)), random),
        };
        let item = if random.once_in(8) { item } else { damage(item, random) };
        Self { attribute, item }
    }
}

fn parse(source: &str) -> TokenStream {
    source.parse().expect("the sources have balanced tokens")
}

/// One of the items of a file, without the attribute that it begins with.
fn one_of(file: TokenStream, random: &mut Random) -> TokenStream {
    let Ok(file) = syn::parse2::<syn::File>(file.clone()) else { return file };
    let items: Vec<&syn::Item> = file.items.iter().collect();
    if items.is_empty() { TokenStream::new() } else { quote::ToTokens::to_token_stream(random.pick(&items)) }
}

/// Changes some tokens, wherever they are.
fn damage(tokens: TokenStream, random: &mut Random) -> TokenStream {
    let mut tokens = tokens;
    for _ in 0..=random.below(4) {
        tokens = damage_once(tokens, random);
    }
    tokens
}

fn damage_once(tokens: TokenStream, random: &mut Random) -> TokenStream {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    if tokens.is_empty() {
        return arbitrary(random, 2);
    }
    let at = random.below(tokens.len());
    let groups: Vec<usize> =
        tokens.iter().enumerate().filter(|(_, token)| matches!(token, TokenTree::Group(_))).map(|(at, _)| at).collect();
    // Most of what matters is inside of groups.
    if !groups.is_empty() && !random.once_in(4) {
        let at = groups[random.below(groups.len())];
        if let TokenTree::Group(group) = &tokens[at] {
            let delimiter = if random.once_in(20) { delimiter(random) } else { group.delimiter() };
            tokens[at] = Group::new(delimiter, damage_once(group.stream(), random)).into();
        }
        return tokens.into_iter().collect();
    }
    match random.below(6) {
        0 => drop(tokens.remove(at)),
        1 => tokens.insert(at, tokens[at].clone()),
        2 => tokens[at] = token(random, 3),
        3 => {
            let other = random.below(tokens.len());
            tokens.swap(at, other);
        }
        4 => {
            let inserted = arbitrary(random, 2);
            let rest = tokens.split_off(at);
            tokens.extend(inserted);
            tokens.extend(rest);
        }
        _ => tokens.insert(at, token(random, 3)),
    }
    tokens.into_iter().collect()
}

fn arbitrary(random: &mut Random, depth: usize) -> TokenStream {
    (0..random.below(12)).map(|_| token(random, depth)).collect()
}

fn token(random: &mut Random, depth: usize) -> TokenTree {
    match random.below(if depth < 5 { 8 } else { 6 }) {
        0..3 => word(random),
        3 | 4 => {
            let spacing = if random.once_in(2) { Spacing::Joint } else { Spacing::Alone };
            Punct::new(PUNCTUATION[random.below(PUNCTUATION.len())], spacing).into()
        }
        5 => literal(random).into(),
        _ => Group::new(delimiter(random), arbitrary(random, depth + 1)).into(),
    }
}

fn word(random: &mut Random) -> TokenTree {
    let word = random.pick(WORDS);
    match word.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()).into(),
        None if word.starts_with('\'') => Punct::new('\'', Spacing::Joint).into(),
        None => Ident::new(word, Span::call_site()).into(),
    }
}

fn literal(random: &mut Random) -> Literal {
    match random.below(7) {
        0 => Literal::string(random.pick(&["", "10s", "{host}", "{{{", "}", "__x", "ünïcode", "AllowDuplicate"])),
        1 => Literal::u64_unsuffixed(u64::MAX),
        2 => random.pick(&["0.5", "1e999", "-1", "1_000u128"]).parse().expect("these are literals"),
        3 => Literal::character('x'),
        4 => Literal::byte_string(b"x"),
        5 => Literal::u8_suffixed(0),
        _ => Literal::i32_unsuffixed(3),
    }
}

fn delimiter(random: &mut Random) -> Delimiter {
    [Delimiter::Brace, Delimiter::Bracket, Delimiter::Parenthesis, Delimiter::None][random.below(4)]
}
