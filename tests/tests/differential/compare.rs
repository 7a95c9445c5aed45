//! Two lists of lines, side by side around their first difference.

use std::fmt::Write;

/// Where they differ first.
pub(crate) fn first_difference(real: &[String], embedded: &[String]) -> Option<usize> {
    let longest = real.len().max(embedded.len());
    (0..longest).find(|index| real.get(*index) != embedded.get(*index))
}

/// What is around that line.
pub(crate) fn side_by_side(real: &[String], embedded: &[String], at: usize) -> String {
    const BEFORE: usize = 25;
    const AFTER: usize = 25;
    const WIDTH: usize = 90;
    let mut text = format!("     {:WIDTH$} | the embedded server\n", "the real server");
    for index in at.saturating_sub(BEFORE)..at + AFTER {
        let (left, right) = (real.get(index), embedded.get(index));
        if left.is_none() && right.is_none() {
            break;
        }
        let mark = if left == right { ' ' } else { '>' };
        let short = |line: Option<&String>| line.map_or_else(String::new, |line| line.chars().take(WIDTH).collect());
        let _ = writeln!(text, "{index:>4}{mark}{:WIDTH$} | {}", short(left), short(right));
    }
    text
}
