//! Source as text, for tables.

use quote::ToTokens;
use syn::ReturnType;

/// A type as a person would write it: `Vec<String>`, not `Vec < String >`.
pub(super) fn type_text(ty: &impl ToTokens) -> String {
    const TIGHTER: [(&str, &str); 13] = [
        (" :: ", "::"),
        (":: ", "::"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        (" ;", ";"),
        ("& ", "&"),
        ("( ", "("),
        (" )", ")"),
        ("[ ", "["),
        (" ]", "]"),
        ("fn (", "fn("),
    ];
    let text = ty.to_token_stream().to_string();
    TIGHTER.iter().fold(text, |text, (loose, tight)| text.replace(loose, tight))
}

/// A return type as text; `()` if none is written.
pub(super) fn output_text(output: &ReturnType) -> String {
    match output {
        ReturnType::Default => "()".to_owned(),
        ReturnType::Type(_, ty) => type_text(ty),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_read_as_they_are_written() {
        let types = [
            "String",
            "Vec<String>",
            "std::collections::BTreeMap<String, Vec<u8>>",
            "&'static [u8]",
            "[u8; 4]",
            "(String, Option<u32>)",
            "fn(u8) -> u8",
        ];
        for written in types {
            let ty: syn::Type = syn::parse_str(written).unwrap();
            assert_eq!(type_text(&ty), written);
        }
    }
}
