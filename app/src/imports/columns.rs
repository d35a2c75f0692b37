//! Which column of a file is which field: told from its heading, in English and German, as ERPs write it.

use super::mapping::Mapping;
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
    said: Mapping,
}

impl Columns {
    /// Finds the fields in a heading: where the mapping says, or by their names. A column that the mapping names and that is
    /// not there is answered.
    pub fn of(heading: &[String], names: &[Names], mapping: &Mapping) -> Result<Self, String> {
        let Some(wanted) = &mapping.columns else {
            return Ok(Self { said: mapping.clone(), ..Self::find(heading, names) });
        };
        let mut found = Vec::new();
        for (field, _) in names {
            let Some(column) = wanted.get(*field).filter(|column| !column.is_empty()) else { continue };
            let exact = heading.iter().position(|name| name == column);
            let alike = || heading.iter().position(|name| plain(name) == plain(column));
            found.push((*field, exact.or_else(alike).ok_or_else(|| column.clone())?));
        }
        Ok(Self::with(heading, found, mapping.clone()))
    }

    fn with(heading: &[String], found: Vec<(&'static str, usize)>, said: Mapping) -> Self {
        let used = |at: &usize| found.iter().any(|(_, column)| column == at);
        let unused = heading.iter().enumerate().filter(|(at, _)| !used(at)).map(|(_, name)| name.clone()).collect();
        Self { found, unused, written: vec![Written::default(); heading.len()], said }
    }

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
        Self::with(heading, found, Mapping::default())
    }

    /// Says of what the file has beside its columns that no field takes it, either.
    pub fn leave_out(&mut self, names: &[String]) {
        self.unused.extend_from_slice(names);
    }

    /// How each column is written, as it was learned before.
    pub fn learned(&mut self, written: &[Written]) {
        written.clone_into(&mut self.written);
    }

    /// How each column is written.
    pub fn written(&self) -> &[Written] {
        &self.written
    }

    /// Looks at rows to tell how days and numbers are written.
    pub fn learn(&mut self, rows: &[Row]) {
        for (at, how) in self.written.iter_mut().enumerate() {
            let cells = rows.iter().filter(|row| !row.wide).filter_map(|row| row.cells.get(at));
            *how = written(cells.map(String::as_str));
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
        let told = at.and_then(|at| self.written.get(at)).copied().unwrap_or_default();
        Written { days: self.said.days.or(told.days), comma: self.said.comma.unwrap_or(told.comma) }
    }

    /// The first field that must be there and is not.
    pub fn missing(&self, needed: &[&'static str]) -> Option<&'static str> {
        needed.iter().find(|field| !self.has(field)).copied()
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

    #[test]
    fn what_people_say_counts_before_the_names() {
        let names: &[Names] = &[("number", &["order"]), ("title", &["text"])];
        let heading = ["Order".to_owned(), "Besteld".to_owned()];
        let columns = [("number".to_owned(), "besteld".to_owned())].into_iter().collect();
        let mapping = Mapping { columns: Some(columns), comma: Some(true), ..Mapping::default() };
        let columns = Columns::of(&heading, names, &mapping).unwrap();
        assert_eq!((columns.found.as_slice(), columns.unused()), (&[("number", 1)][..], &["Order".to_owned()][..]));
        assert!(columns.how("number").comma);
        assert_eq!(Columns::of(&heading[..1], names, &mapping).unwrap_err(), "besteld");
    }
}
