//! The message of a failure: a format string whose placeholders are fields.

use syn::LitStr;

use crate::{
    model::{Message, MessagePiece},
    report::Report,
};

/// Reads `message = "declined: {reason}"`, whose placeholders are among these fields.
pub(super) fn parse_message(literal: LitStr, fields: &[String], report: &mut Report) -> Message {
    match parse_pieces(&literal.value(), fields) {
        Ok(pieces) => Message { literal, pieces },
        Err(said) => {
            report.error(&literal, said);
            // So that the rest is read as if there was none to complain about.
            let text = literal.value().replace('{', "{{").replace('}', "}}");
            Message { literal, pieces: vec![MessagePiece::Text(text)] }
        }
    }
}

fn parse_pieces(message: &str, fields: &[String]) -> Result<Vec<MessagePiece>, String> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = message;
    while let Some(brace) = rest.find(['{', '}']) {
        let (before, after) = rest.split_at(brace);
        text.push_str(before);
        if let Some(escaped) = ["{{", "}}"].into_iter().find(|escaped| after.starts_with(escaped)) {
            text.push_str(escaped);
            rest = &after[escaped.len()..];
            continue;
        }
        let Some(inside) = after.strip_prefix('{') else {
            return Err("`}` closes nothing: write `}}` for a brace in the message".into());
        };
        let Some((placeholder, behind)) = inside.split_once('}') else {
            return Err("`{` is never closed: write `{{` for a brace in the message".into());
        };
        if !text.is_empty() {
            pieces.push(MessagePiece::Text(std::mem::take(&mut text)));
        }
        pieces.push(parse_placeholder(placeholder, fields)?);
        rest = behind;
    }
    text.push_str(rest);
    if !text.is_empty() {
        pieces.push(MessagePiece::Text(text));
    }
    Ok(pieces)
}

fn parse_placeholder(written: &str, fields: &[String]) -> Result<MessagePiece, String> {
    let (field, format) = written.split_at(written.find(':').unwrap_or(written.len()));
    let field = field.trim();
    let field = field.strip_prefix("r#").unwrap_or(field);
    if field.is_empty() {
        return Err(format!(
            "`{{{written}}}` names no field: write `{{field}}`, or `{{0}}` for the first of those without a name"
        ));
    }
    let word = field.chars().all(|character| character == '_' || character.is_alphanumeric());
    if !word {
        return Err(format!("`{{{written}}}` is not a placeholder: write `{{field}}`, or `{{field:?}}` with a format"));
    }
    if format.contains(['$', '*']) {
        return Err(format!("`{{{written}}}` takes a width or a precision from elsewhere: write it as a number"));
    }
    let place = fields.iter().position(|name| name == field);
    Ok(MessagePiece::Placeholder { field: field.to_owned(), place, format: format.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> MessagePiece {
        MessagePiece::Text(text.into())
    }

    fn placeholder(field: &str, place: Option<usize>, format: &str) -> MessagePiece {
        MessagePiece::Placeholder { field: field.into(), place, format: format.into() }
    }

    fn pieces(message: &str) -> Result<Vec<MessagePiece>, String> {
        parse_pieces(message, &["card".to_owned(), "limit".to_owned()])
    }

    #[test]
    fn texts_and_placeholders() {
        assert_eq!(pieces("busy"), Ok(vec![text("busy")]));
        assert_eq!(
            pieces("{limit}: declined {0:?} of {card:>5}"),
            Ok(vec![
                placeholder("limit", Some(1), ""),
                text(": declined "),
                placeholder("0", None, ":?"),
                text(" of "),
                placeholder("card", Some(0), ":>5")
            ])
        );
        assert_eq!(pieces("{{{card}}}"), Ok(vec![text("{{"), placeholder("card", Some(0), ""), text("}}")]));
    }

    #[test]
    fn mistakes() {
        for (message, said) in [
            ("{", "`{` is never closed: write `{{` for a brace in the message"),
            ("}", "`}` closes nothing: write `}}` for a brace in the message"),
            ("{}", "`{}` names no field: write `{field}`, or `{0}` for the first of those without a name"),
            ("{:?}", "`{:?}` names no field: write `{field}`, or `{0}` for the first of those without a name"),
            ("{a.b}", "`{a.b}` is not a placeholder: write `{field}`, or `{field:?}` with a format"),
            ("{a:.*}", "`{a:.*}` takes a width or a precision from elsewhere: write it as a number"),
        ] {
            assert_eq!(pieces(message), Err(said.to_string()), "{message}");
        }
    }
}
