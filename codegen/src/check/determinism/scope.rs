//! What names mean inside of a body: what `use` brought there, what is declared there, and what is a variable.

use std::collections::HashMap;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Block, Ident, Item, Pat, Path, Stmt, UseTree};

use super::table;

/// What a name means.
#[derive(Debug, Clone)]
enum Meaning {
    /// A path from the outside, by `use`.
    Path(Vec<String>),
    /// An item declared here, or a path into the user's own crate.
    Own,
}

/// A variable.
#[derive(Debug, Clone, Default)]
pub(super) struct Variable {
    /// Whether it is the workflow's state: `w` in `ctx.state(|w| ..)`.
    pub(super) is_state: bool,
    /// The name of its type, where that is a map or a set without an order.
    pub(super) hashed: Option<String>,
    /// What identifies its declaration, where the compiler can be asked for its type.
    pub(super) declaration: Option<usize>,
}

/// The names of one block, function or closure.
#[derive(Debug, Default)]
struct Scope {
    names: HashMap<String, Meaning>,
    variables: HashMap<String, Variable>,
    globs: Vec<Vec<String>>,
}

/// The names of nested blocks, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Scopes(Vec<Scope>);

impl Scopes {
    pub(super) fn enter(&mut self) {
        self.0.push(Scope::default());
    }

    pub(super) fn leave(&mut self) {
        self.0.pop();
    }

    /// Declares the items of a block, which can be named before they stand there.
    pub(super) fn declare_items(&mut self, block: &Block) {
        let items = block.stmts.iter().filter_map(|statement| match statement {
            Stmt::Item(item) => Some(item),
            _ => None,
        });
        for item in items {
            match item {
                Item::Use(item) => {
                    let leading = item.leading_colon.is_some();
                    self.declare_use(&item.tree, &mut Vec::new(), leading);
                }
                Item::Macro(item) => {
                    if let Some(ident) = &item.ident {
                        self.declare_own(ident);
                    }
                }
                other => {
                    if let Some(ident) = declared(other) {
                        self.declare_own(ident);
                    }
                }
            }
        }
    }

    /// Declares a name of the user's own, such as a type parameter.
    pub(super) fn declare_own(&mut self, ident: &Ident) {
        self.declare(ident.to_string(), Meaning::Own);
    }

    /// Declares a variable.
    pub(super) fn declare_variable(&mut self, name: impl ToString, variable: Variable) {
        if let Some(scope) = self.0.last_mut() {
            scope.variables.insert(name.to_string(), variable);
        }
    }

    /// Declares whatever a pattern binds. Every name in lower case counts, since too many variables only hide what is a
    /// function elsewhere.
    pub(super) fn declare_pattern(&mut self, pattern: &Pat) {
        self.declare_tokens(pattern.to_token_stream());
    }

    fn declare_tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(ident) if ident.to_string().starts_with(|first: char| !first.is_uppercase()) => {
                    self.declare_variable(ident, Variable::default());
                }
                TokenTree::Group(group) => self.declare_tokens(group.stream()),
                _ => {}
            }
        }
    }

    fn declare(&mut self, name: String, meaning: Meaning) {
        if let Some(scope) = self.0.last_mut() {
            scope.names.insert(name, meaning);
        }
    }

    fn declare_use(&mut self, tree: &UseTree, prefix: &mut Vec<String>, leading: bool) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.declare_use(&path.tree, prefix, leading);
                prefix.pop();
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.declare_use(tree, prefix, leading);
                }
            }
            UseTree::Name(name) if name.ident == "self" => {
                if let Some(last) = prefix.last().cloned() {
                    self.declare_imported(last, prefix.clone(), leading);
                }
            }
            UseTree::Name(name) => {
                let path = prefix.iter().cloned().chain([name.ident.to_string()]).collect();
                self.declare_imported(name.ident.to_string(), path, leading);
            }
            UseTree::Rename(rename) => {
                let mut path = prefix.clone();
                if rename.ident != "self" {
                    path.push(rename.ident.to_string());
                }
                self.declare_imported(rename.rename.to_string(), path, leading);
            }
            UseTree::Glob(_) => {
                if let Some(path) = self.expand(prefix.clone(), leading)
                    && let Some(scope) = self.0.last_mut()
                {
                    scope.globs.push(path);
                }
            }
        }
    }

    fn declare_imported(&mut self, name: String, path: Vec<String>, leading: bool) {
        let meaning = self.expand(path, leading).map_or(Meaning::Own, Meaning::Path);
        self.declare(name, meaning);
    }

    /// The variable of that name, if it is one.
    pub(super) fn variable(&self, name: &Ident) -> Option<&Variable> {
        let name = name.to_string();
        self.0.iter().rev().find_map(|scope| scope.variables.get(&name))
    }

    /// Whether a name that is not declared in the body could come from a glob import there.
    pub(super) fn has_globs(&self) -> bool {
        self.0.iter().any(|scope| !scope.globs.is_empty())
    }

    /// Whether the body says what the name means.
    pub(super) fn knows(&self, name: &Ident) -> bool {
        let name = name.to_string();
        self.0.iter().any(|scope| scope.names.contains_key(&name))
    }

    /// Whether the body says what a path begins with.
    pub(super) fn knows_first(&self, path: &Path) -> bool {
        path.segments.first().is_some_and(|first| self.knows(&first.ident))
    }

    /// The whole path of what is written, from the crate on; nothing where it is the user's own, or where only the compiler
    /// knows.
    pub(super) fn resolve(&self, path: &Path) -> Option<Vec<String>> {
        let written: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.expand(written, path.leading_colon.is_some())
    }

    fn expand(&self, written: Vec<String>, leading: bool) -> Option<Vec<String>> {
        let first = written.first()?;
        if leading {
            return Some(normalized(written));
        }
        if matches!(first.as_str(), "crate" | "self" | "super" | "Self") {
            return None;
        }
        for scope in self.0.iter().rev() {
            if written.len() == 1 && scope.variables.contains_key(first) {
                return None;
            }
            match scope.names.get(first) {
                Some(Meaning::Own) => return None,
                Some(Meaning::Path(prefix)) => {
                    let rest = written.iter().skip(1).cloned();
                    return Some(normalized(prefix.iter().cloned().chain(rest).collect()));
                }
                None => {}
            }
            for glob in &scope.globs {
                let whole: Vec<String> = normalized(glob.iter().chain(&written).cloned().collect());
                if table::of_listed_path(&whole).is_some()
                    || table::of_macro(&whole).is_some()
                    || table::is_hashed(&whole)
                {
                    return Some(whole);
                }
            }
        }
        Some(normalized(written))
    }
}

/// `core` and `alloc` have nothing of their own that counts here.
fn normalized(mut path: Vec<String>) -> Vec<String> {
    if let Some(first) = path.first_mut()
        && (first == "core" || first == "alloc")
    {
        *first = "std".into();
    }
    path
}

fn declared(item: &Item) -> Option<&Ident> {
    match item {
        Item::Const(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Fn(item) => Some(&item.sig.ident),
        Item::Mod(item) => Some(&item.ident),
        Item::Static(item) => Some(&item.ident),
        Item::Struct(item) => Some(&item.ident),
        Item::Trait(item) => Some(&item.ident),
        Item::TraitAlias(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        Item::Union(item) => Some(&item.ident),
        _ => None,
    }
}
