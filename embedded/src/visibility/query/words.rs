//! Text attributes: any of the asked words, in any case.

/// The words of a text: runs of letters and digits, in lower case.
fn split(text: &str) -> Vec<String> {
    text.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// What a filter asks for: alternatives set apart by spaces. One with punctuation inside is words in a row.
pub(super) fn alternatives(text: &str) -> Vec<Vec<String>> {
    text.split(' ').map(split).filter(|words| !words.is_empty()).collect()
}

pub(super) fn contain(text: &str, alternatives: &[Vec<String>]) -> bool {
    let words = split(text);
    alternatives.iter().any(|asked| words.windows(asked.len().max(1)).any(|row| row == asked))
}
