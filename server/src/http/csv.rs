//! Lines of CSV (RFC 4180) for exports.

/// One line.
pub fn line<const N: usize>(cells: &[String; N]) -> String {
    let mut line = cells.iter().map(|value| cell(value)).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

/// One cell. What a spreadsheet would run as a formula becomes a text.
fn cell(value: &str) -> String {
    let guarded =
        if value.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{value}") } else { value.to_owned() };
    if guarded.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn what_a_spreadsheet_would_run_becomes_a_text() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(cell("say \"hi\", then"), "\"say \"\"hi\"\", then\"");
        assert_eq!(cell("document.edit"), "document.edit");
    }
}
