//! What a document shows of a program's output, beside what the program prints.

pub(crate) const FENCE: &str = "```text";

/// The first line that differs.
#[derive(Debug, PartialEq, thiserror::Error)]
#[error("line {line} of the output\n    shown:   {shown}\n    printed: {printed}")]
pub(crate) struct Difference {
    line: usize,
    shown: String,
    printed: String,
}

/// The lines of the first text block, without empty ones at its end; `None` if there is none, or no end of it.
pub(crate) fn first_block<'a>(mut lines: impl Iterator<Item = &'a str>) -> Option<Vec<&'a str>> {
    lines.find(|line| line.trim() == FENCE)?;
    let mut shown = Vec::new();
    for line in lines {
        if line.trim() == "```" {
            while shown.last().is_some_and(|line: &&str| line.trim().is_empty()) {
                shown.pop();
            }
            return Some(shown);
        }
        shown.push(line);
    }
    None
}

/// Compares line by line; blanks at the end of a line and empty lines at the end do not count.
pub(crate) fn compare(shown: &[&str], printed: &str) -> Result<(), Difference> {
    let mut shown = shown.iter().map(|line| line.trim_end());
    let mut printed = printed.trim_end().lines().map(str::trim_end);
    for line in 1.. {
        match (shown.next(), printed.next()) {
            (None, None) => break,
            (shown, printed) if shown == printed => {}
            (shown, printed) => {
                let quote =
                    |text: Option<&str>| text.map_or_else(|| "(nothing)".to_owned(), |text| format!("`{text}`"));
                return Err(Difference { line, shown: quote(shown), printed: quote(printed) });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_block_is_taken_without_empty_lines_at_its_end() {
        let text = "text\n```sh\nrun\n```\n```text\nhello\n\nAda\n\n```\n```text\nanother\n```\n";
        assert_eq!(first_block(text.lines()), Some(vec!["hello", "", "Ada"]));
        assert_eq!(first_block("nothing".lines()), None);
        assert_eq!(first_block("```text\nwithout end".lines()), None);
    }

    #[test]
    fn the_same_output_passes() {
        assert_eq!(compare(&["hello Ada", "hello Grace"], "hello Ada  \nhello Grace\n\n"), Ok(()));
    }

    #[test]
    fn the_first_line_that_differs_is_shown() {
        let differs = |shown: &str, printed: &str| Difference { line: 2, shown: shown.into(), printed: printed.into() };
        let shown = ["hello Ada", "hello Grace"];
        assert_eq!(compare(&shown, "hello Ada\nhello Bob\n"), Err(differs("`hello Grace`", "`hello Bob`")));
        assert_eq!(compare(&shown, "hello Ada\n"), Err(differs("`hello Grace`", "(nothing)")));
        assert_eq!(compare(&shown[..1], "hello Ada\nhello Bob\n"), Err(differs("(nothing)", "`hello Bob`")));
    }
}
