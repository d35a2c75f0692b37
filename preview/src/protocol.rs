//! How the portal and the process that makes previews talk: a job and the document in, parts out.
//!
//! In: the length of the job (4 bytes, little endian), the job as JSON, then the document to the end of the stream.
//! Out: parts, each a letter, the length of its bytes (4 bytes, little endian) and the bytes. The last one is the end;
//! where it is missing, the process died.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use crate::invoice::Invoice;

/// The longest job.
const JOB: u32 = 4096;
/// Bytes before those of a part.
pub const HEAD: usize = 5;
/// The longest part. Whoever reads refuses more.
pub const LONGEST: usize = 32 * 1024 * 1024;

/// The longest invoice, as JSON.
const INVOICE: usize = 1024 * 1024;

/// What is asked for.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Job {
    /// Bytes of the document; others are not looked at.
    pub size: u64,
    /// Of an image of somebody, the square that stands beside their name; nothing else.
    #[serde(default)]
    pub portrait: bool,
}

/// What a document is, as far as it can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Pages as images, and their text.
    Pdf,
    /// One image.
    Image,
    /// Text.
    Text,
    /// The text of an office file.
    Office,
    /// An electronic invoice.
    Invoice,
}

/// Why there is nothing to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No kind that is shown.
    Unsupported,
    /// It wants a password.
    Protected,
    /// It is damaged, or not what it says.
    Broken,
    /// It unpacks to much more than a document of its size is.
    Bomb,
    /// An image with too many pixels.
    Pixels,
    /// Longer than what is looked at.
    Length,
    /// Its preview took too long.
    Slow,
    /// The process that makes previews died of it.
    Died,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::Unsupported,
        Self::Protected,
        Self::Broken,
        Self::Bomb,
        Self::Pixels,
        Self::Length,
        Self::Slow,
        Self::Died,
    ];

    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unsupported => "unsupported",
            Self::Protected => "protected",
            Self::Broken => "broken",
            Self::Bomb => "bomb",
            Self::Pixels => "pixels",
            Self::Length => "length",
            Self::Slow => "slow",
            Self::Died => "died",
        }
    }

    /// The reason with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

/// A page as an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Pixels across.
    pub width: u16,
    /// Pixels down.
    pub height: u16,
    /// PNG.
    pub png: Vec<u8>,
}

/// The end: what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// What it is; none: nothing can be shown.
    pub kind: Option<Kind>,
    /// How many pages it has; not all of them need be images.
    pub pages: u32,
    /// Why nothing can be shown.
    pub reason: Option<Reason>,
}

/// One part of a preview.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// The next page.
    Page(Page),
    /// All that can be read.
    Text(String),
    /// It is, or holds, an electronic invoice.
    Invoice(Box<Invoice>),
    /// That is all.
    End(End),
}

fn wrong(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

impl Job {
    /// Its bytes.
    pub fn encode(&self) -> io::Result<Vec<u8>> {
        let json = serde_json::to_vec(self)?;
        let length = u32::try_from(json.len()).map_err(|_| wrong("job too long"))?;
        Ok([length.to_le_bytes().as_slice(), &json].concat())
    }

    /// Reads one.
    pub fn read(mut input: impl Read) -> io::Result<Self> {
        let mut length = [0; 4];
        input.read_exact(&mut length)?;
        let length = u32::from_le_bytes(length);
        if length > JOB {
            return Err(wrong("job too long"));
        }
        let mut json = Vec::new();
        input.take(u64::from(length)).read_to_end(&mut json)?;
        Ok(serde_json::from_slice(&json)?)
    }
}

impl Part {
    /// Writes it.
    pub fn write(&self, mut out: impl Write) -> io::Result<()> {
        let (letter, bytes) = match self {
            Self::Page(page) => {
                let size = [page.width.to_le_bytes(), page.height.to_le_bytes()].concat();
                (b'P', [size.as_slice(), &page.png].concat())
            }
            Self::Text(text) => (b'T', text.clone().into_bytes()),
            Self::Invoice(invoice) => (b'I', serde_json::to_vec(invoice)?),
            Self::End(end) => (b'E', serde_json::to_vec(end)?),
        };
        let length = u32::try_from(bytes.len()).map_err(|_| wrong("part too long"))?;
        out.write_all(&[letter])?;
        out.write_all(&length.to_le_bytes())?;
        out.write_all(&bytes)
    }

    /// The letter and the length of what follows; what is too long is refused.
    pub fn head(head: [u8; HEAD]) -> io::Result<(u8, usize)> {
        let [letter, a, b, c, d] = head;
        let length = u32::from_le_bytes([a, b, c, d]);
        let length = usize::try_from(length).ok().filter(|length| *length <= LONGEST);
        Ok((letter, length.ok_or_else(|| wrong("part too long"))?))
    }

    /// What a part's bytes say. They come from a process that has read a hostile document: nothing is believed.
    pub fn decode(letter: u8, bytes: Vec<u8>) -> io::Result<Self> {
        match letter {
            b'P' => {
                let Some(([a, b, c, d], png)) = bytes.split_first_chunk() else { return Err(wrong("no page")) };
                let (width, height) = (u16::from_le_bytes([*a, *b]), u16::from_le_bytes([*c, *d]));
                if !png.starts_with(b"\x89PNG\r\n\x1a\n") || width == 0 || height == 0 {
                    return Err(wrong("no page"));
                }
                Ok(Self::Page(Page { width, height, png: png.to_vec() }))
            }
            b'T' => {
                let text = String::from_utf8(bytes).map_err(|_| wrong("no text"))?;
                Ok(Self::Text(crate::text::clean(&text, crate::LIMITS.text)))
            }
            b'I' if bytes.len() > INVOICE => Err(wrong("invoice too long")),
            b'I' => Ok(Self::Invoice(serde_json::from_slice(&bytes)?)),
            b'E' => Ok(Self::End(serde_json::from_slice(&bytes)?)),
            _ => Err(wrong("unknown part")),
        }
    }
}
