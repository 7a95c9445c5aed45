//! `rename_all`: how wire names are derived from Rust names.

use heck::{ToKebabCase, ToLowerCamelCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use syn::{Ident, LitStr, ext::IdentExt};

/// A case that wire names are put into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RenameAll {
    /// `PascalCase`
    Pascal,
    /// `camelCase`
    Camel,
    /// `snake_case`
    Snake,
    /// `kebab-case`
    Kebab,
    /// `SCREAMING_SNAKE_CASE`
    ScreamingSnake,
    /// `lowercase`: the words without anything between them.
    Lower,
    /// `UPPERCASE`: the words without anything between them.
    Upper,
}

impl RenameAll {
    /// What may be written, in the order in which messages list it.
    pub(crate) const NAMES: [&str; 7] =
        ["PascalCase", "camelCase", "snake_case", "kebab-case", "SCREAMING_SNAKE_CASE", "lowercase", "UPPERCASE"];

    /// The case that is written so.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "PascalCase" => Self::Pascal,
            "camelCase" => Self::Camel,
            "snake_case" => Self::Snake,
            "kebab-case" => Self::Kebab,
            "SCREAMING_SNAKE_CASE" => Self::ScreamingSnake,
            "lowercase" => Self::Lower,
            "UPPERCASE" => Self::Upper,
            _ => return None,
        })
    }

    fn apply(self, name: &str) -> String {
        match self {
            Self::Pascal => name.to_upper_camel_case(),
            Self::Camel => name.to_lower_camel_case(),
            Self::Snake => name.to_snake_case(),
            Self::Kebab => name.to_kebab_case(),
            Self::ScreamingSnake => name.to_shouty_snake_case(),
            Self::Lower => name.to_snake_case().replace('_', ""),
            Self::Upper => name.to_shouty_snake_case().replace('_', ""),
        }
    }
}

/// The name on the wire: the one given, else the Rust name in the case of its block.
pub(crate) fn wire_name(given: Option<LitStr>, ident: &Ident, rename_all: Option<RenameAll>) -> LitStr {
    given.unwrap_or_else(|| {
        let rust_name = ident.unraw().to_string();
        let name = rename_all.map_or_else(|| rust_name.clone(), |case| case.apply(&rust_name));
        LitStr::new(&name, ident.span())
    })
}
