//! What a place of a body is told, or the compiler is asked about it.

use quote::ToTokens;
use syn::{Expr, Ident, Path};

use super::{
    iteration::{self, Iterated},
    probe::{self, written},
    table::{self, Kind},
    visit::Visitor,
};
use crate::model::{CallQuestion, Iteration, Witness};

impl Visitor<'_> {
    /// A method of a constant or a static.
    pub(super) fn called_on(&mut self, receiver: &Path, method: &Ident) {
        if receiver.segments.first().is_some_and(|first| first.ident == "Self") {
            return;
        }
        let resolved = self.scopes.resolve(receiver).map(|path| path.join("::")).unwrap_or_default();
        if method == "elapsed"
            && matches!(resolved.as_str(), "std::time::UNIX_EPOCH" | "std::time::SystemTime::UNIX_EPOCH")
        {
            self.found(method, &format!("`{}.elapsed()`", written(receiver)), Kind::Clock);
        } else if is_constant(receiver) && !self.is_variable(receiver) && !self.scopes.knows_first(receiver) {
            self.ask(receiver, Witness::Static, Kind::Static);
        }
    }

    pub(super) fn iterated(&mut self, expression: &Expr) {
        let (name, place) = match iteration::iterated(expression, &self.scopes) {
            Some(Iterated::Field(field)) => {
                if !self.allows.lift() {
                    let message = format!(
                        "field `{field}` of the state is a map or a set without an order, and iterating over it goes by another \
                         order at each replay: make it a `BTreeMap` or a `BTreeSet`"
                    );
                    let cfg = self.cfg.clone();
                    self.questions.iterations.push(Iteration { cfg, field: field.clone(), message });
                }
                return;
            }
            Some(Iterated::Variable(name)) => (name.clone(), name.span()),
            None => return,
        };
        let Some(variable) = self.scopes.variable(&name).cloned() else { return };
        if let Some(ty) = variable.hashed {
            if !self.allows.lift() {
                let ordered = ty.replace("Hash", "BTree");
                let message = format!(
                    "`{name}` is a `{ty}`, and iterating over it goes by another order at each replay: make it a `{ordered}`, or \
                     collect and sort it first"
                );
                self.report.error(&name, message);
            }
        } else if let Some(declaration) = variable.declaration
            && !self.allows.lift()
        {
            self.declarations.iterated_at(declaration, place);
        }
    }

    /// A path of a value: a function, a constant, a variable.
    pub(super) fn value_path(&mut self, path: &Path, is_bare_call: bool) {
        if self.is_variable(path) {
            return;
        }
        if let Some(whole) = self.scopes.resolve(path)
            && let Some(kind) = table::of_path(&whole)
        {
            self.found(path, &shown(path, &whole), kind);
        } else if let Some((witness, kind)) = probe::question(path, &self.scopes, is_bare_call) {
            self.ask(path, witness, kind);
        }
    }

    fn is_variable(&self, path: &Path) -> bool {
        path.get_ident().is_some_and(|ident| self.scopes.variable(ident).is_some())
    }

    pub(super) fn type_path(&mut self, path: &Path) {
        if let Some(whole) = self.scopes.resolve(path)
            && let Some(kind) = table::of_path(&whole)
        {
            self.found(path, &shown(path, &whole), kind);
        }
    }

    pub(super) fn assigned(&mut self, target: &Expr) {
        match target {
            Expr::Path(path) if is_constant(&path.path) && !self.is_variable(&path.path) => {
                self.found(&path.path, &format!("`{}`", written(&path.path)), Kind::Static);
            }
            Expr::Paren(paren) => self.assigned(&paren.expr),
            Expr::Index(index) => self.assigned(&index.expr),
            Expr::Field(field) => self.assigned(&field.base),
            _ => {}
        }
    }

    pub(super) fn found(&mut self, at: impl ToTokens, name: &str, kind: Kind) {
        if !self.allows.lift() {
            self.report.error(at, self.message(name, kind));
        }
    }

    fn ask(&mut self, path: &Path, witness: Witness, kind: Kind) {
        if !self.allows.lift() {
            let message = self.message(&format!("`{}`", written(path)), kind);
            self.questions.calls.push(CallQuestion { cfg: self.cfg.clone(), witness, path: path.clone(), message });
        }
    }

    fn message(&self, name: &str, kind: Kind) -> String {
        match kind {
            Kind::Output if self.looks_only => {
                format!("{name} prints where nobody looks, on whichever worker answers: write `tracing::info!(..)`")
            }
            kind => format!("{name} {}", kind.explain()),
        }
    }
}

/// The path as written, with the one it stands for if that says more.
fn shown(path: &Path, whole: &[String]) -> String {
    let (written, whole) = (written(path), whole.join("::"));
    if whole.ends_with(written.trim_start_matches("::")) && written.contains("::") {
        format!("`{written}`")
    } else {
        format!("`{written}` (`{whole}`)")
    }
}

/// Whether the path is spelled like a constant or a static.
fn is_constant(path: &Path) -> bool {
    path.segments.last().is_some_and(|last| {
        let name = last.ident.to_string();
        name.len() > 1 && name.chars().all(|char| char.is_uppercase() || char.is_numeric() || char == '_')
    })
}
