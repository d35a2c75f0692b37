//! The text of office files: docx, xlsx, pptx and their open siblings odt, ods, odp. All are ZIP archives of XML.

use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::protocol::Reason;
use crate::text::clean;
use crate::xml::{attribute, local, reference};

mod sheet;

/// Files in an archive.
const ENTRIES: usize = 10_000;
/// Bytes of one file, unpacked.
const UNPACKED: u64 = 64 * 1024 * 1024;
/// Bytes of all files that are read, unpacked.
const TOGETHER: u64 = 128 * 1024 * 1024;
/// What is larger than [`SMALL`] and unpacks to more than this times its size is no document.
const RATIO: u64 = 200;
const SMALL: u64 = 1024 * 1024;
/// Slides and sheets that are read.
const PARTS: usize = 200;
/// The longest run of spaces that a single element may stand for.
const SPACES: usize = 100;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The text of an office file.
pub(crate) fn text(bytes: &[u8], limit: usize) -> Result<String, Reason> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Reason::Broken)?;
    let mut office = Office { archive, limit, read: 0 };
    if office.archive.len() > ENTRIES {
        return Err(Reason::Bomb);
    }
    let text = if office.has("word/document.xml") {
        office.flow("word/document.xml")?
    } else if office.has("ppt/presentation.xml") {
        office.slides()?
    } else if office.has("xl/workbook.xml") {
        sheet::text(&mut office)?
    } else if office.has("content.xml") && office.has("mimetype") {
        office.flow("content.xml")?
    } else {
        return Err(Reason::Unsupported);
    };
    Ok(clean(text.trim(), limit))
}

/// An archive, and how much of it was unpacked.
struct Office<'a> {
    archive: Archive<'a>,
    limit: usize,
    read: u64,
}

impl Office<'_> {
    fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Goes through the XML of one file. `each` answers whether to go on.
    fn walk(&mut self, name: &str, mut each: impl FnMut(Event<'_>) -> bool) -> Result<(), Reason> {
        let left = TOGETHER.saturating_sub(self.read);
        let file = self.archive.by_name(name).map_err(|_| Reason::Broken)?;
        let (packed, unpacked) = (file.compressed_size().max(1), file.size());
        if file.encrypted() {
            return Err(Reason::Protected);
        }
        if unpacked > UNPACKED.min(left) || (unpacked > SMALL && unpacked / packed > RATIO) {
            return Err(Reason::Bomb);
        }
        // What it says of its size may be a lie.
        let most = packed.saturating_mul(RATIO).clamp(SMALL, UNPACKED).min(left);
        let mut counted = Counted { inner: file, left: most, read: 0 };
        let result = events(BufReader::new(&mut counted), &mut each);
        let over = counted.left == 0;
        self.read += counted.read;
        if over { Err(Reason::Bomb) } else { result }
    }

    /// Text that flows: of a docx, a slide, or any of the open formats.
    fn flow(&mut self, name: &str) -> Result<String, Reason> {
        let limit = self.limit;
        let mut flow = Flow::default();
        self.walk(name, |event| {
            flow.event(&event);
            flow.text.len() <= limit
        })?;
        Ok(flow.text)
    }

    fn slides(&mut self) -> Result<String, Reason> {
        let mut text = String::new();
        for name in self.numbered("ppt/slides/slide") {
            if text.len() > self.limit {
                break;
            }
            text.push_str(self.flow(&name)?.trim());
            text.push_str("\n\n");
        }
        Ok(text)
    }

    /// `PREFIX1.xml`, `PREFIX2.xml` and so on, in this order.
    fn numbered(&self, prefix: &str) -> Vec<String> {
        let mut found: Vec<(u32, String)> = self
            .archive
            .file_names()
            .filter_map(|name| {
                let name = name.ok()?;
                let number = name.strip_prefix(prefix)?.strip_suffix(".xml")?.parse().ok()?;
                Some((number, name.into_owned()))
            })
            .collect();
        found.sort();
        found.into_iter().take(PARTS).map(|(_, name)| name).collect()
    }
}

/// Ends where the room ends, and remembers how much it was.
struct Counted<R> {
    inner: R,
    left: u64,
    read: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let room = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.inner.read(buffer.get_mut(..room).unwrap_or_default())?;
        self.left -= read as u64;
        self.read += read as u64;
        Ok(read)
    }
}

fn events(input: impl BufRead, each: &mut impl FnMut(Event<'_>) -> bool) -> Result<(), Reason> {
    let mut reader = Reader::from_reader(input);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).map_err(|_| Reason::Broken)? {
            Event::Eof => return Ok(()),
            // No office file declares entities; one that does wants to be a bomb.
            Event::DocType(_) => return Err(Reason::Bomb),
            event => {
                if !each(event) {
                    return Ok(());
                }
            }
        }
        buffer.clear();
    }
}

/// Text that comes in paragraphs and tables.
#[derive(Default)]
struct Flow {
    text: String,
    /// Within an element whose text is shown.
    shown: usize,
    /// Within a cell of a table: a paragraph does not end the line.
    cells: usize,
}

impl Flow {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(start) => self.start(start),
            Event::Empty(start) => self.empty(start),
            Event::End(end) => self.end(&String::from_utf8_lossy(end.local_name().as_ref())),
            Event::Text(text) if self.shown > 0 => self.text.push_str(&String::from_utf8_lossy(text)),
            Event::CData(text) if self.shown > 0 => self.text.push_str(&String::from_utf8_lossy(text)),
            Event::GeneralRef(name) if self.shown > 0 => self.text.extend(reference(name)),
            _ => {}
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        match (prefix(start).as_str(), local(start).as_str()) {
            ("w" | "a", "t") | ("text", "p" | "h") => self.shown += 1,
            ("w", "tc") | ("a", "tc") | ("table", "table-cell") => self.cells += 1,
            _ => self.empty(start),
        }
    }

    fn empty(&mut self, start: &BytesStart<'_>) {
        match (prefix(start).as_str(), local(start).as_str()) {
            ("w" | "text", "tab") => self.text.push('\t'),
            ("w" | "a", "br" | "cr") | ("text", "line-break") => self.text.push('\n'),
            ("text", "s") => {
                let count = attribute(start, "c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                self.text.extend(std::iter::repeat_n(' ', count.min(SPACES)));
            }
            ("table", "table-cell") => self.text.push('\t'),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.shown = self.shown.saturating_sub(1),
            "p" | "h" => {
                // Of the open formats the paragraph itself is what is shown.
                self.shown = self.shown.saturating_sub(1);
                self.text.push(if self.cells > 0 { ' ' } else { '\n' });
            }
            "tc" | "table-cell" => {
                self.cells = self.cells.saturating_sub(1);
                self.text.push('\t');
            }
            "tr" | "table-row" => self.text.push('\n'),
            _ => {}
        }
    }
}

fn prefix(start: &BytesStart<'_>) -> String {
    let prefix = start.name().prefix().map(|prefix| prefix.as_ref().to_vec()).unwrap_or_default();
    String::from_utf8_lossy(&prefix).into_owned()
}
