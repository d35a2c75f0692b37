//! The PDF file made of drawn pages.

use jiff::civil::Date;
use pdf_writer::{Finish, Name, Pdf, Rect, Ref, TextStr};

use super::canvas::Canvas;

/// What the file says about itself.
pub struct About<'a> {
    /// Shown in the viewer's title bar.
    pub title: &'a str,
    /// Who wrote it.
    pub author: &'a str,
    /// The day it was written.
    pub date: Date,
    /// Its language: `en`, `de`, `nl`.
    pub language: &'a str,
}

/// Joins the pages into one PDF file. The same pages always give the same bytes.
#[must_use]
pub fn file(pages: Vec<Canvas>, about: &About) -> Vec<u8> {
    let mut next = Ref::new(1);
    let [catalog, tree, info, plain, strong] = std::array::from_fn(|_| next.bump());
    let mut pdf = Pdf::new();
    let kids: Vec<(Ref, Ref, Canvas)> = pages.into_iter().map(|page| (next.bump(), next.bump(), page)).collect();

    let mut root = pdf.catalog(catalog);
    root.pages(tree).lang(TextStr(about.language));
    root.viewer_preferences().display_doc_title(true);
    root.finish();
    let count = i32::try_from(kids.len()).unwrap_or(i32::MAX);
    pdf.pages(tree).kids(kids.iter().map(|(page, ..)| *page)).count(count);
    for (id, font) in [(plain, Name(b"Helvetica")), (strong, Name(b"Helvetica-Bold"))] {
        pdf.type1_font(id).base_font(font).encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    for (page_id, content_id, canvas) in kids {
        let mut page = pdf.page(page_id);
        let (width, height) = canvas.size();
        page.media_box(Rect::new(0.0, 0.0, width, height)).parent(tree).contents(content_id);
        page.resources().fonts().pair(Name(b"F1"), plain).pair(Name(b"F2"), strong);
        page.finish();
        pdf.stream(content_id, &canvas.operators());
    }
    let part = |n: i8| u8::try_from(n).unwrap_or(1);
    let day = pdf_writer::Date::new(u16::try_from(about.date.year()).unwrap_or(2000))
        .month(part(about.date.month()))
        .day(part(about.date.day()))
        .hour(9)
        .minute(0)
        .second(0)
        .utc_offset_hour(0);
    pdf.document_info(info)
        .title(TextStr(about.title))
        .author(TextStr(about.author))
        .producer(TextStr("Nordlicht Maschinenbau GmbH"))
        .creation_date(day)
        .modified_date(day);
    pdf.finish()
}

#[cfg(test)]
mod tests {
    use super::super::canvas::{INK, bold};
    use super::*;

    fn sample() -> Vec<u8> {
        let mut page = Canvas::new(200.0, 100.0);
        page.mark(10.0, 10.0, 28.0);
        page.text_right(190.0, 60.0, "Größe (1) € 5", bold(12.0, INK));
        let about = About { title: "Größe", author: "Petra", date: jiff::civil::date(2026, 11, 24), language: "de" };
        file(vec![page, Canvas::new(200.0, 100.0)], &about)
    }

    #[test]
    fn it_is_a_pdf_whose_cross_references_hit_their_objects() {
        let bytes = sample();
        assert!(bytes.starts_with(b"%PDF-") && bytes.trim_ascii_end().ends_with(b"%%EOF"));
        let text: String = bytes.iter().map(|b| if b.is_ascii() { char::from(*b) } else { '?' }).collect();
        let tail = text.rsplit("startxref").next().unwrap();
        let table: usize = tail.split_whitespace().next().unwrap().parse().unwrap();
        assert!(text[table..].starts_with("xref"));
        let entries = text[table..].lines().skip(3).take_while(|line| line.trim_end().ends_with('n'));
        let mut seen = 0;
        for (i, line) in entries.enumerate() {
            let at: usize = line[..10].parse().unwrap();
            assert!(text[at..].starts_with(&format!("{} 0 obj", i + 1)), "object {}", i + 1);
            seen += 1;
        }
        assert_eq!(seen, 9);
    }

    #[test]
    fn the_same_page_gives_the_same_bytes() {
        assert_eq!(sample(), sample());
    }
}
