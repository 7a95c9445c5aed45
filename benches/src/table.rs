//! Numbers side by side.

/// The middle value; of two middle values the mean.
pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let (low, high) = (values.len().saturating_sub(1) / 2, values.len() / 2);
    match (values.get(low), values.get(high)) {
        (Some(low), Some(high)) => (low + high) / 2.0,
        _ => f64::NAN,
    }
}

/// Prints rows in aligned columns, as Markdown.
pub(crate) fn print(header: &[&str], rows: &[Vec<String>]) {
    let header: Vec<String> = header.iter().map(|cell| (*cell).to_owned()).collect();
    let width = |column: usize| {
        let cells = std::iter::once(&header).chain(rows).filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let line = |row: &[String]| {
        let cells = row.iter().enumerate().map(|(column, cell)| format!(" {cell:<width$} ", width = width(column)));
        println!("|{}|", cells.collect::<Vec<_>>().join("|"));
    };
    line(&header);
    let rule: Vec<String> = (0..header.len()).map(|column| "-".repeat(width(column))).collect();
    line(&rule);
    rows.iter().for_each(|row| line(row));
}
