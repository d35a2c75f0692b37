//! Kinds of files, as people speak of them: what a category takes is said in these.

/// A kind of file, decided by content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// PDF.
    Pdf,
    /// Text documents, spreadsheets and presentations.
    Office,
    /// Pictures.
    Image,
    /// Plain text and tables in text.
    Text,
    /// XML and JSON: e-invoices, exports.
    Data,
    /// Archives.
    Archive,
    /// Sound and films.
    Media,
    /// What is none of the others, such as drawings of a machine's own format.
    Other,
    /// Programs and scripts. Never taken.
    Program,
}

impl FileKind {
    /// Every kind that a category may take, in the order in which they are offered.
    pub const ALL: [Self; 8] =
        [Self::Pdf, Self::Office, Self::Image, Self::Text, Self::Data, Self::Archive, Self::Media, Self::Other];

    /// The name in the database, in forms and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Office => "office",
            Self::Image => "image",
            Self::Text => "text",
            Self::Data => "data",
            Self::Archive => "archive",
            Self::Media => "media",
            Self::Other => "other",
            Self::Program => "program",
        }
    }

    /// The kind with this name, if a category may take it.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The Fluent key of its name.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Pdf => "file-kind-pdf",
            Self::Office => "file-kind-office",
            Self::Image => "file-kind-image",
            Self::Text => "file-kind-text",
            Self::Data => "file-kind-data",
            Self::Archive => "file-kind-archive",
            Self::Media => "file-kind-media",
            Self::Other => "file-kind-other",
            Self::Program => "file-kind-program",
        }
    }

    /// The kind of a media type, as content told it.
    pub fn of(media_type: &str) -> Self {
        let office = ["application/vnd.openxmlformats-", "application/vnd.oasis.opendocument.", "application/vnd.ms-"];
        match media_type {
            "application/pdf" => Self::Pdf,
            "application/vnd.microsoft.portable-executable"
            | "application/x-executable"
            | "application/x-mach-binary"
            | "application/java"
            | "application/llvm"
            | "application/vnd.android.dex"
            | "application/vnd.android.dey"
            | "application/wasm"
            | "text/x-shellscript" => Self::Program,
            "application/msword" | "application/rtf" => Self::Office,
            "application/xml" | "text/xml" | "application/json" => Self::Data,
            "text/plain" | "text/csv" => Self::Text,
            "application/zip"
            | "application/gzip"
            | "application/x-tar"
            | "application/x-7z-compressed"
            | "application/vnd.rar"
            | "application/x-bzip2"
            | "application/x-xz"
            | "application/zstd" => Self::Archive,
            other if office.iter().any(|start| other.starts_with(start)) => Self::Office,
            other if other.starts_with("image/") => Self::Image,
            other if other.starts_with("audio/") || other.starts_with("video/") => Self::Media,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{FileName, media_type};

    fn kind(head: &[u8], name: &str) -> FileKind {
        FileKind::of(media_type(head, &FileName::parse(name)))
    }

    #[test]
    fn content_decides_and_a_program_stays_one_under_any_name() {
        assert_eq!(kind(b"%PDF-1.7", "x.pdf"), FileKind::Pdf);
        let elf = [&b"\x7fELF\x02\x01\x01"[..], &[0; 60]].concat();
        assert_eq!(kind(&elf, "invoice.pdf"), FileKind::Program);
        assert_eq!(kind(b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0", "invoice.pdf"), FileKind::Program);
        assert_eq!(kind(b"#!/bin/sh\nrm -rf /\n", "notes.txt"), FileKind::Program);
        assert_eq!(kind(b"Just words", "notes.exe"), FileKind::Text);
        assert_eq!(kind(b"MZ-400: words that begin like a program", "notes.txt"), FileKind::Text);
        assert_eq!(kind(b"<?xml version=\"1.0\"?><Invoice/>", "r.xml"), FileKind::Data);
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n", "r.png"), FileKind::Image);
        assert_eq!(kind(b"PK\x03\x04rest", "r.zip"), FileKind::Archive);
        assert_eq!(kind(&[0, 1, 2, 200], "part.step"), FileKind::Other);
    }
}
