//! The type of a file, decided by its content.

use super::FileName;

/// What Windows runs.
const PROGRAM: &str = "application/vnd.microsoft.portable-executable";

/// The media type: by the first bytes where they tell, else by extension among types that are plain text anyway.
pub fn media_type(head: &[u8], name: &FileName) -> &'static str {
    let text = std::str::from_utf8(head).map_or_else(|e| e.error_len().is_none() && e.valid_up_to() > 0, |_| true)
        && !head.contains(&0);
    // Two letters make a program of a text that begins with them.
    if let Some(kind) = infer::get(head).filter(|kind| !(text && kind.mime_type() == PROGRAM)) {
        return kind.mime_type();
    }
    if !text {
        return "application/octet-stream";
    }
    match name.extension().as_str() {
        "csv" => "text/csv",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "xml" => "application/xml",
        _ => "text/plain",
    }
}

/// The `Content-Type` to send: active types go out as bytes, whatever the browser would like to do with them.
pub fn served_type(stored: &str) -> &str {
    match stored {
        "text/html"
        | "application/xhtml+xml"
        | "image/svg+xml"
        | "application/xml"
        | "text/xml"
        | "application/javascript"
        | "text/javascript" => "application/octet-stream",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_not_the_name() {
        let pdf = FileName::parse("x.pdf");
        assert_eq!(media_type(b"%PDF-1.7 ...", &FileName::parse("x.txt")), "application/pdf");
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\n....", &pdf), "image/png");
        assert_eq!(media_type(b"just words", &pdf), "text/plain");
        assert_eq!(media_type(b"a;b\n1;2", &FileName::parse("x.csv")), "text/csv");
        assert_eq!(media_type(&[0, 1, 2, 3, 255], &pdf), "application/octet-stream");
    }

    #[test]
    fn active_types_are_sent_as_bytes() {
        let html = media_type(b"<!DOCTYPE html><script>alert(1)</script>", &FileName::parse("x.pdf"));
        assert_eq!(served_type(html), "application/octet-stream");
        assert_eq!(served_type("application/pdf"), "application/pdf");
    }
}
