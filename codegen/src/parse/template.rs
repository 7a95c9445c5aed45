//! The small language of `#[run(id = "..")]`.

use syn::{Ident, LitStr};

use crate::{
    model::{IdPiece, IdTemplate},
    report::Report,
};

/// Reads text with `{argument.field}` placeholders; `{{` and `}}` stand for braces.
pub(crate) fn parse_id_template(literal: LitStr, report: &mut Report) -> Option<IdTemplate> {
    match parse_pieces(&literal.value()) {
        Ok(pieces) => Some(IdTemplate { literal, pieces }),
        Err(message) => {
            report.error(&literal, message);
            None
        }
    }
}

fn parse_pieces(template: &str) -> Result<Vec<IdPiece>, String> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(at);
        text.push_str(before);
        if let Some(escaped) = brace.strip_prefix("{{") {
            text.push('{');
            rest = escaped;
        } else if let Some(escaped) = brace.strip_prefix("}}") {
            text.push('}');
            rest = escaped;
        } else if let Some((inside, after)) = brace.strip_prefix('{').and_then(|inside| inside.split_once('}')) {
            if !text.is_empty() {
                pieces.push(IdPiece::Text(std::mem::take(&mut text)));
            }
            pieces.push(parse_placeholder(inside)?);
            rest = after;
        } else if brace.starts_with('{') {
            return Err("`{` is never closed: write `{{` for a brace in the id".into());
        } else {
            return Err("`}` closes nothing: write `}}` for a brace in the id".into());
        }
    }
    text.push_str(rest);
    if !text.is_empty() {
        pieces.push(IdPiece::Text(text));
    }
    Ok(pieces)
}

fn parse_placeholder(inside: &str) -> Result<IdPiece, String> {
    if inside.is_empty() {
        return Err("`{}` names no argument: write `{argument}`, or `{{}}` for braces in the id".into());
    }
    if let Some((name, _)) = inside.split_once(':') {
        return Err(format!("`{{{inside}}}` asks for a format, which ids do not have: write `{{{name}}}`"));
    }
    let mut names = inside.split('.').map(parse_name);
    match (names.next(), names.collect::<Option<Vec<_>>>()) {
        (Some(Some(argument)), Some(fields)) => Ok(IdPiece::Placeholder { argument, fields }),
        _ => Err(format!("`{{{inside}}}` is not a placeholder: write `{{argument}}` or `{{argument.field}}`")),
    }
}

/// A name as the argument or field is called, with `r#` where Rust asks for it.
fn parse_name(name: &str) -> Option<String> {
    let name = name.strip_prefix("r#").unwrap_or(name);
    let is_word = name.chars().all(|char| char.is_alphanumeric() || char == '_');
    if !is_word || matches!(name, "self" | "Self" | "super" | "crate" | "_") {
        return None;
    }
    [name.to_owned(), format!("r#{name}")].into_iter().find(|name| syn::parse_str::<Ident>(name).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placeholder(argument: &str, fields: &[&str]) -> IdPiece {
        IdPiece::Placeholder { argument: argument.into(), fields: fields.iter().map(ToString::to_string).collect() }
    }

    #[test]
    fn text_and_placeholders() {
        assert_eq!(parse_pieces("plain"), Ok(vec![IdPiece::Text("plain".into())]));
        assert_eq!(
            parse_pieces("order-{order.customer.id}-{{{n}}}"),
            Ok(vec![
                IdPiece::Text("order-".into()),
                placeholder("order", &["customer", "id"]),
                IdPiece::Text("-{".into()),
                placeholder("n", &[]),
                IdPiece::Text("}".into()),
            ])
        );
        assert_eq!(parse_pieces("{type}"), Ok(vec![placeholder("r#type", &[])]));
    }

    #[test]
    fn mistakes() {
        for (template, message) in [
            ("{x:?}", "`{x:?}` asks for a format, which ids do not have: write `{x}`"),
            ("{", "`{` is never closed: write `{{` for a brace in the id"),
            ("}", "`}` closes nothing: write `}}` for a brace in the id"),
            ("{}", "`{}` names no argument: write `{argument}`, or `{{}}` for braces in the id"),
            ("{a.0}", "`{a.0}` is not a placeholder: write `{argument}` or `{argument.field}`"),
            ("{self}", "`{self}` is not a placeholder: write `{argument}` or `{argument.field}`"),
            ("{a b}", "`{a b}` is not a placeholder: write `{argument}` or `{argument.field}`"),
        ] {
            assert_eq!(parse_pieces(template), Err(message.to_string()), "{template}");
        }
    }
}
