//! Which column of a file is which field: told from its heading, in English and German, as ERPs write it.

use super::table::Row;
use super::values::{Written, written};

/// A field with the names it goes by, without case, accents, spaces or signs.
pub type Names = (&'static str, &'static [&'static str]);

/// A heading without case, accents, spaces and signs.
fn plain(name: &str) -> String {
    let name = name.replace(['ä', 'Ä'], "ae").replace(['ö', 'Ö'], "oe").replace(['ü', 'Ü'], "ue").replace('ß', "ss");
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Which column holds what.
#[derive(Clone, Debug)]
pub struct Columns {
    found: Vec<(&'static str, usize)>,
    unused: Vec<String>,
    written: Vec<Written>,
}

impl Columns {
    /// Finds the fields in a heading; the first column of a name counts.
    pub fn find(heading: &[String], names: &[Names]) -> Self {
        let plain: Vec<String> = heading.iter().map(|name| plain(name)).collect();
        let mut found: Vec<(&'static str, usize)> = Vec::new();
        for (field, names) in names {
            let at = names.iter().find_map(|name| plain.iter().position(|column| column == name));
            if let Some(at) = at.filter(|at| !found.iter().any(|(_, taken)| taken == at)) {
                found.push((field, at));
            }
        }
        let used = |at: &usize| found.iter().any(|(_, column)| column == at);
        let unused = heading.iter().enumerate().filter(|(at, _)| !used(at)).map(|(_, name)| name.clone()).collect();
        Self { found, unused, written: vec![Written::default(); heading.len()] }
    }

    /// Looks at rows to tell how days and numbers are written.
    pub fn learn(&mut self, rows: &[Row]) {
        for (at, how) in self.written.iter_mut().enumerate() {
            *how = written(rows.iter().filter_map(|row| row.cells.get(at)).map(String::as_str));
        }
    }

    /// Whether the file has this field at all.
    pub fn has(&self, field: &str) -> bool {
        self.found.iter().any(|(name, _)| *name == field)
    }

    /// What stands in a row, where the file has the field.
    pub fn get<'a>(&self, row: &'a Row, field: &str) -> Option<&'a str> {
        let (_, at) = self.found.iter().find(|(name, _)| *name == field)?;
        row.cells.get(*at).map(String::as_str)
    }

    /// How the column of a field is written.
    pub fn how(&self, field: &str) -> Written {
        let at = self.found.iter().find(|(name, _)| *name == field).map(|(_, at)| *at);
        at.and_then(|at| self.written.get(at)).copied().unwrap_or_default()
    }

    /// Field and column, for people.
    pub fn mapping(&self, heading: &[String]) -> Vec<(&'static str, String)> {
        self.found.iter().map(|(field, at)| (*field, heading.get(*at).cloned().unwrap_or_default())).collect()
    }

    /// Columns that no field takes.
    pub fn unused(&self) -> &[String] {
        &self.unused
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_both_languages_and_whatever_their_signs() {
        let names: &[Names] = &[("number", &["auftragsnr", "orderid"]), ("ship_to", &["empfaenger"])];
        for (heading, found) in [("Auftragsnr;Empfänger", 2), ("order_id;Foo", 1), ("ORDER ID;EMPFÄNGER", 2)] {
            let heading: Vec<String> = heading.split(';').map(str::to_owned).collect();
            assert_eq!(Columns::find(&heading, names).found.len(), found, "{heading:?}");
        }
    }
}
