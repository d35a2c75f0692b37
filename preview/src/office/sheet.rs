//! The cells of an xlsx: a line for each row, a tab between cells.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::{Office, PARTS};
use crate::protocol::Reason;
use crate::xml::{attribute, local, reference};

/// Texts that cells share.
const SHARED: usize = 200_000;

pub(super) fn text(office: &mut Office<'_>) -> Result<String, Reason> {
    let shared = if office.has("xl/sharedStrings.xml") { shared(office)? } else { Vec::new() };
    let sheets = sheets(office)?;
    let limit = office.limit;
    let mut text = String::new();
    for (title, name) in sheets.into_iter().take(PARTS) {
        if text.len() > limit || !office.has(&name) {
            continue;
        }
        text.push_str(&title);
        text.push('\n');
        let mut cells = Cells { shared: &shared, text: std::mem::take(&mut text), ..Cells::default() };
        office.walk(&name, |event| {
            cells.event(&event);
            cells.text.len() <= limit
        })?;
        text = cells.text;
        text.push('\n');
    }
    Ok(text)
}

/// The sheets by name, in their order, with the file each is in.
fn sheets(office: &mut Office<'_>) -> Result<Vec<(String, String)>, Reason> {
    let mut listed = Vec::new();
    office.walk("xl/workbook.xml", |event| {
        if let Event::Start(start) | Event::Empty(start) = &event
            && local(start) == "sheet"
            && let (Some(name), Some(id)) = (attribute(start, "name"), attribute(start, "id"))
        {
            listed.push((name, id));
        }
        listed.len() < PARTS
    })?;
    let mut files = HashMap::new();
    if office.has("xl/_rels/workbook.xml.rels") {
        office.walk("xl/_rels/workbook.xml.rels", |event| {
            if let Event::Start(start) | Event::Empty(start) = &event
                && let (Some(id), Some(target)) = (attribute(start, "Id"), attribute(start, "Target"))
            {
                let target = target.strip_prefix("/xl/").unwrap_or(&target).to_owned();
                files.insert(id, format!("xl/{target}"));
            }
            files.len() < PARTS * 4
        })?;
    }
    Ok(listed.into_iter().filter_map(|(name, id)| Some((name, files.get(&id)?.clone()))).collect())
}

fn shared(office: &mut Office<'_>) -> Result<Vec<String>, Reason> {
    let mut texts: Vec<String> = Vec::new();
    // Within a text; and within the reading of one, which is not shown.
    let (mut shown, mut reading) = (false, false);
    office.walk("xl/sharedStrings.xml", |event| {
        match &event {
            Event::Start(start) => match local(start).as_str() {
                "si" => texts.push(String::new()),
                "t" => shown = !reading,
                "rPh" => reading = true,
                _ => {}
            },
            Event::Empty(start) if local(start) == "si" => texts.push(String::new()),
            Event::End(end) => match end.local_name().as_ref() {
                b"t" => shown = false,
                b"rPh" => reading = false,
                _ => {}
            },
            event => {
                if let Some(last) = texts.last_mut().filter(|_| shown) {
                    add(last, event);
                }
            }
        }
        texts.len() < SHARED
    })?;
    Ok(texts)
}

fn add(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(part) => text.push_str(&String::from_utf8_lossy(part)),
        Event::CData(part) => text.push_str(&String::from_utf8_lossy(part)),
        Event::GeneralRef(name) => text.extend(reference(name)),
        _ => {}
    }
}

#[derive(Default)]
struct Cells<'a> {
    shared: &'a [String],
    text: String,
    /// What the cell holds so far, and of which type it is.
    value: String,
    kind: String,
    shown: bool,
    /// The row has a cell already.
    begun: bool,
}

impl Cells<'_> {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(start) => self.start(start),
            Event::End(end) => self.end(end.local_name().as_ref()),
            event if self.shown => add(&mut self.value, event),
            _ => {}
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        match local(start).as_str() {
            "row" => self.begun = false,
            "c" => {
                self.value.clear();
                self.kind = attribute(start, "t").unwrap_or_default();
            }
            "v" | "t" => self.shown = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"v" | b"t" => self.shown = false,
            b"c" => {
                let shared = (self.kind == "s").then(|| self.value.trim().parse::<usize>().ok()).flatten();
                let value = match shared {
                    Some(at) => self.shared.get(at).map_or("", String::as_str),
                    None => self.value.as_str(),
                };
                if self.begun {
                    self.text.push('\t');
                }
                self.text.push_str(value);
                self.begun = true;
            }
            b"row" => self.text.push('\n'),
            _ => {}
        }
    }
}
