//! A small tree of an XML document that is not trusted: no document type, no entities but the five, and bounds on depth,
//! number and length of everything.

use std::borrow::Cow;

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

const DEEPEST: usize = 64;
const NODES: usize = 200_000;
/// Bytes of a document that is read as a tree.
const LONGEST: usize = 16 * 1024 * 1024;

/// An element: its name without prefix, its attributes, its own text, and what is in it.
#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) children: Vec<Node>,
}

impl Node {
    /// The first element of this name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All elements of this name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> + 'a {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Down a path, the first of each name.
    pub(crate) fn at(&self, path: &str) -> Option<&Self> {
        path.split('/').try_fold(self, |node, name| node.child(name))
    }

    /// The text at the end of a path; what is empty is not there.
    pub(crate) fn text_at(&self, path: &str) -> Option<String> {
        self.at(path).and_then(Self::value)
    }

    /// Its own text on one line.
    pub(crate) fn value(&self) -> Option<String> {
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    }

    /// An attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// Name without prefix.
pub(crate) fn local(start: &BytesStart<'_>) -> String {
    String::from_utf8_lossy(start.local_name().as_ref()).into_owned()
}

/// An attribute by its name without prefix.
pub(crate) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|found| found.key.local_name().as_ref() == name.as_bytes())?;
    Some(value(&found))
}

/// The value of an attribute; where it refers to something unknown, as it is written.
fn value(found: &Attribute<'_>) -> String {
    let read = found.normalized_value(XmlVersion::Implicit1_0).map(Cow::into_owned);
    read.unwrap_or_else(|_| String::from_utf8_lossy(&found.value).into_owned())
}

/// What a reference stands for: a number or one of the five names. Others stand for nothing.
pub(crate) fn reference(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    match &**reference {
        b"amp" => Some('&'),
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        _ => None,
    }
}

fn node(start: &BytesStart<'_>) -> Node {
    let attributes = start.attributes().flatten().take(32).map(|found| {
        let key = String::from_utf8_lossy(found.key.local_name().as_ref()).into_owned();
        (key, value(&found))
    });
    Node { name: local(start), attributes: attributes.collect(), ..Node::default() }
}

/// Reads a document; none where it is not one, or beyond the bounds.
pub(crate) fn parse(bytes: &[u8]) -> Option<Node> {
    if bytes.len() > LONGEST {
        return None;
    }
    let text = crate::text::decode(bytes, LONGEST)?;
    let mut reader = Reader::from_str(&text);
    let mut open: Vec<Node> = vec![Node::default()];
    let mut nodes = 0;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                nodes += 1;
                if open.len() > DEEPEST || nodes > NODES {
                    return None;
                }
                open.push(node(&start));
            }
            Event::Empty(start) => {
                nodes += 1;
                if nodes > NODES {
                    return None;
                }
                open.last_mut()?.children.push(node(&start));
            }
            Event::End(_) => {
                let done = open.pop()?;
                open.last_mut()?.children.push(done);
            }
            Event::Text(text) => open.last_mut()?.text.push_str(&text.decode().ok()?),
            Event::CData(text) => open.last_mut()?.text.push_str(&text.decode().ok()?),
            Event::GeneralRef(name) => open.last_mut()?.text.extend(reference(&name)),
            Event::DocType(_) => return None,
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    let mut root = open.pop()?;
    if open.is_empty() { root.children.pop() } else { None }
}
