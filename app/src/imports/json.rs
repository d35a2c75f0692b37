//! JSON: an array of things, or an object whose one array holds them, such as `{"orders": [..]}`. Read thing by thing, in two
//! passes: the first finds the names, the second the values. What lies within a thing is named by both: `total.amount`.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek as _, SeekFrom};
use std::rc::Rc;

use serde::Deserializer as _;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::spool::{Done, Spool};
use super::table::{COLUMNS, ROW, TableError};

/// The list within a thing that has its rows.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// Its name.
    pub list: &'static str,
    /// What the names of the thing's own values begin with; empty: as they are.
    pub whole: &'static str,
    /// What those of a part begin with.
    pub part: &'static str,
    /// A thing without parts is a row, too.
    pub alone: bool,
}

/// Reads no more than a thing may have, before the next begins.
struct Guarded<R> {
    from: R,
    left: Rc<Cell<usize>>,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        match self.left.get().checked_sub(read) {
            Some(left) => self.left.set(left),
            None => return Err(io::Error::other("too long")),
        }
        Ok(read)
    }
}

/// Hands every thing over, in whichever of the two forms they come.
struct Things<'a, F> {
    left: &'a Cell<usize>,
    count: u64,
    each: F,
}

impl<F: FnMut(u64, Map<String, Value>) -> Result<(), String>> Things<'_, F> {
    fn all<'de, A: SeqAccess<'de>>(&mut self, mut things: A) -> Result<(), A::Error> {
        loop {
            self.left.set(ROW);
            let Some(thing) = things.next_element::<Map<String, Value>>()? else { return Ok(()) };
            self.count += 1;
            (self.each)(self.count, thing).map_err(A::Error::custom)?;
        }
    }
}

impl<'de, F: FnMut(u64, Map<String, Value>) -> Result<(), String>> Visitor<'de> for &mut Things<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array of objects, or an object with one")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, things: A) -> Result<(), A::Error> {
        self.all(things)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if ["orders", "items", "organisations", "lines", "people", "projects", "tasks", "documents", "data"]
                .contains(&name.as_str())
            {
                map.next_value_seed(Inner(&mut *self))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// The array within the object.
struct Inner<'b, 'a, F>(&'b mut Things<'a, F>);

impl<'de, F: FnMut(u64, Map<String, Value>) -> Result<(), String>> DeserializeSeed<'de> for Inner<'_, '_, F> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, F: FnMut(u64, Map<String, Value>) -> Result<(), String>> Visitor<'de> for Inner<'_, '_, F> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, things: A) -> Result<(), A::Error> {
        self.0.all(things)
    }
}

fn walk(file: &File, each: impl FnMut(u64, Map<String, Value>) -> Result<(), String>) -> Result<(), TableError> {
    let mut again = file.try_clone()?;
    let mut start = [0; 3];
    again.seek(SeekFrom::Start(0))?;
    let marked = again.read_exact(&mut start).is_ok() && start == [0xEF, 0xBB, 0xBF];
    again.seek(SeekFrom::Start(if marked { 3 } else { 0 }))?;
    let left = Rc::new(Cell::new(ROW));
    // Around the buffer: what is counted is what was understood, not what was read ahead.
    let guarded = Guarded { from: BufReader::with_capacity(256 * 1024, again), left: Rc::clone(&left) };
    let mut things = Things { left: &left, count: 0, each };
    let mut reader = serde_json::Deserializer::from_reader(guarded);
    let read = reader.deserialize_any(&mut things);
    let count = things.count;
    read.and_then(|()| {
        left.set(ROW);
        reader.end()
    })
    .map_err(|error| match error.io_error_kind() {
        Some(_) => TableError::Row(count + 1, "it is longer than anything that is read".to_owned()),
        None => TableError::Row(error.line() as u64, error.to_string()),
    })
}

/// Notes a list that no cell holds.
fn left_out(name: String, lists: &mut Vec<String>) {
    if lists.len() < COLUMNS && !lists.contains(&name) {
        lists.push(name);
    }
}

/// The plain values of a thing by their names; lists are only named.
fn flat(thing: Map<String, Value>, within: &str, into: &mut Vec<(String, String)>, lists: &mut Vec<String>) {
    for (name, value) in thing {
        let name = if within.is_empty() { name } else { format!("{within}.{name}") };
        match value {
            Value::Object(inner) => flat(inner, &name, into, lists),
            Value::Null => into.push((name, String::new())),
            Value::Bool(value) => into.push((name, value.to_string())),
            Value::Number(value) => into.push((name, value.to_string())),
            Value::String(text) => into.push((name, text)),
            // A list is no value of a cell; where it is empty nothing is lost.
            Value::Array(list) if list.is_empty() => {}
            Value::Array(_) => left_out(name, lists),
        }
    }
}

/// Whether the rows of a file are parts of its things: then a thing without a list has none. Else each thing is a row.
fn is_nested(file: &File, parts: Option<Parts>) -> bool {
    let Some(parts) = parts.filter(|parts| !parts.alone) else { return false };
    let mut nested = false;
    let first = walk(file, |_, thing| {
        nested = matches!(thing.get(parts.list), Some(Value::Array(_)));
        if nested { Err(String::new()) } else { Ok(()) }
    });
    // Whatever else is wrong with the file is found when it is read.
    first.is_err() && nested
}

/// The rows of a thing: itself, or each of its parts with what the whole is. `lists`: what is in none of them.
fn rows(
    mut thing: Map<String, Value>,
    parts: Option<Parts>,
    nested: bool,
    lists: &mut Vec<String>,
) -> Vec<Vec<(String, String)>> {
    let list = parts.and_then(|parts| thing.remove(parts.list));
    if nested && !matches!(list, Some(Value::Array(_))) {
        return Vec::new();
    }
    let mut own = Vec::new();
    flat(thing, "", &mut own, lists);
    let (Some(Value::Array(list)), Some(parts)) = (list, parts) else { return vec![own] };
    if list.is_empty() && parts.alone {
        return vec![own];
    }
    let with = |first: &str, name: String| {
        if first.is_empty() || name.starts_with(first) { name } else { format!("{first}_{name}") }
    };
    let of_whole: Vec<_> = own.into_iter().map(|(name, text)| (with(parts.whole, name), text)).collect();
    let objects = list.into_iter().filter_map(|part| match part {
        Value::Object(part) => Some(part),
        _ => None,
    });
    objects
        .map(|part| {
            let mut of_part = Vec::new();
            flat(part, "", &mut of_part, lists);
            let of_part = of_part.into_iter().map(|(name, text)| (with(parts.part, name), text));
            of_whole.iter().cloned().chain(of_part).collect()
        })
        .collect()
}

/// Unpacks the rows of a JSON file; the line of a row is the place of its thing.
pub fn spool(file: &File, parts: Option<Parts>) -> Result<Done, TableError> {
    let mut names: Vec<String> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut lists = Vec::new();
    let nested = is_nested(file, parts);
    walk(file, |_, thing| {
        for (name, _) in rows(thing, parts, nested, &mut lists).into_iter().flatten() {
            if !known.contains(&name) {
                names.push(name.clone());
                known.insert(name);
            }
        }
        if names.len() > COLUMNS { Err("too many names".to_owned()) } else { Ok(()) }
    })?;
    if names.is_empty() {
        return Err(TableError::Empty);
    }
    let mut spool = Spool::new()?;
    spool.row(0, &names)?;
    let mut failed = None;
    let written = walk(file, |line, thing| {
        for row in rows(thing, parts, nested, &mut lists) {
            let cell = |name: &String| row.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone());
            let cells: Vec<String> = names.iter().map(|name| cell(name).unwrap_or_default()).collect();
            if let Err(error) = spool.row(line, &cells) {
                failed = Some(error);
                return Err("not written".to_owned());
            }
        }
        Ok(())
    });
    if let Some(error) = failed {
        return Err(error);
    }
    written?;
    Ok(Done { left_out: lists, ..spool.done()? })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::super::spool::nameless;
    use super::super::table::Table;
    use super::*;

    const LINES: Parts = Parts { list: "lines", whole: "order", part: "", alone: false };

    type Read = (Vec<String>, Vec<(u64, Vec<String>)>);

    fn open(text: &str, parts: Option<Parts>) -> Result<Table, TableError> {
        let mut file = nameless().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        Table::of(file, parts)
    }

    fn left_out_of(text: &str, parts: Option<Parts>) -> Vec<String> {
        open(text, parts).unwrap().left_out().to_vec()
    }

    fn read(text: &str, parts: Option<Parts>) -> Result<Read, TableError> {
        let mut table = open(text, parts)?;
        let rows = table.rows(100)?.into_iter().map(|row| (row.line, row.cells)).collect();
        Ok((table.heading().to_vec(), rows))
    }

    #[test]
    fn things_are_rows_in_either_form_and_their_parts_too() {
        let text = r#"{"version": 1, "orders": [{"number": "A-1", "total": {"amount": "12.50", "currency": "EUR"}, "lines": [{"quantity": 2, "title": "Bolt"}, {"quantity": 0.5}]},
            {"number": "A-2", "title": null}]}"#;
        let (heading, rows) = read(text, None).unwrap();
        assert_eq!(heading, ["number", "total.amount", "total.currency", "title"]);
        assert_eq!(
            rows,
            [
                (1, vec!["A-1".into(), "12.50".into(), "EUR".into(), String::new()]),
                (2, vec!["A-2".into(), String::new(), String::new(), String::new()])
            ]
        );
        let things = &text[text.find('[').unwrap()..text.len() - 1];
        assert_eq!(left_out_of(things, None), ["lines"]);
        assert!(left_out_of(things, Some(LINES)).is_empty());
        let nested = r#"[{"no": 1, "steps": [], "lines": [{"tags": [1]}], "ship": {"marks": [1]}}]"#;
        assert_eq!(left_out_of(nested, Some(LINES)), ["ship.marks", "tags"]);
        let (heading, rows) = read(things, Some(LINES)).unwrap();
        assert_eq!(heading[0], "order_number");
        assert_eq!(rows.len(), 2, "what has no list has no lines");
        assert_eq!((rows[1].0, rows[1].1[3].as_str()), (1, "0.5"), "{heading:?} {rows:?}");
        // Where none has a list, each is a row.
        assert_eq!(read(r#"[{"order": "A-1", "quantity": 2}]"#, Some(LINES)).unwrap().1.len(), 1);
    }

    #[test]
    fn what_is_no_list_of_things_is_refused_where_it_is_wrong() {
        for text in ["[1, 2]", "{\"orders\": {}}", "[{\"a\": 1},", "[{\"a\": 1}] x"] {
            assert!(matches!(read(text, None), Err(TableError::Row(..))), "{text}");
        }
        assert!(matches!(read("[]", None), Err(TableError::Empty)));
        assert!(matches!(read("{\"a\": 1}", None), Err(TableError::Empty)));
        let long = format!("[{{\"a\": \"{}\"}}]", "x".repeat(ROW));
        assert!(matches!(read(&long, None), Err(TableError::Row(1, _))));
    }
}
