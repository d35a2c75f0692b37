use std::io::{Cursor, Write as _};

use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// Everything that comes out of a document, and how it ended.
fn made(bytes: Vec<u8>) -> (Vec<Page>, String, Option<Invoice>, End) {
    let (mut pages, mut text, mut invoice, mut end) = (Vec::new(), String::new(), None, None);
    preview(bytes, LIMITS, &mut |part| {
        // As it goes through the pipe.
        let mut bytes = Vec::new();
        part.write(&mut bytes)?;
        let (head, rest) = bytes.split_first_chunk().unwrap();
        let (letter, length) = Part::head(*head)?;
        assert_eq!(length, rest.len());
        match Part::decode(letter, rest.to_vec())? {
            Part::Page(page) => pages.push(page),
            Part::Text(found) => text = found,
            Part::Invoice(found) => invoice = Some(*found),
            Part::End(found) => end = Some(found),
        }
        Ok(())
    })
    .unwrap();
    (pages, text, invoice, end.unwrap())
}

fn refused(bytes: Vec<u8>) -> Option<Reason> {
    made(bytes).3.reason
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Pages of A4 with a line of text each.
fn pdf(lines: &[&str], attached: Option<&str>) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let (catalog, tree, font, file, spec) = (Ref::new(1), Ref::new(2), Ref::new(3), Ref::new(4), Ref::new(5));
    let page = |at: usize| Ref::new(10 + 2 * i32::try_from(at).unwrap());
    let content = |at: usize| Ref::new(11 + 2 * i32::try_from(at).unwrap());
    let mut root = pdf.catalog(catalog);
    root.pages(tree);
    if attached.is_some() {
        root.names().embedded_files().names().insert(Str(b"factur-x.xml"), spec);
    }
    root.finish();
    pdf.pages(tree).kids((0..lines.len()).map(page)).count(i32::try_from(lines.len()).unwrap());
    for (at, line) in lines.iter().enumerate() {
        let mut leaf = pdf.page(page(at));
        leaf.media_box(Rect::new(0.0, 0.0, 595.0, 842.0)).parent(tree).contents(content(at));
        leaf.resources().fonts().pair(Name(b"F1"), font);
        leaf.finish();
        let mut set = Content::new();
        set.begin_text().set_font(Name(b"F1"), 24.0).next_line(72.0, 700.0).show(Str(line.as_bytes()));
        set.next_line(0.0, -40.0).show(Str(b"Second line")).end_text();
        pdf.stream(content(at), &set.finish());
    }
    pdf.type1_font(font).base_font(Name(b"Helvetica"));
    if let Some(xml) = attached {
        pdf.embedded_file(file, xml.as_bytes());
        let mut spec = pdf.file_spec(spec);
        spec.path(Str(b"factur-x.xml"));
        spec.insert(Name(b"EF")).dict().pair(Name(b"F"), file);
    }
    pdf.finish()
}

const CII: &str = include_str!("../tests/invoice.cii.xml");
const UBL: &str = include_str!("../tests/invoice.ubl.xml");

#[test]
fn pages_of_a_pdf_become_images_and_text() {
    let (pages, text, invoice, end) = made(pdf(&["Hello world", "Page two"], None));
    assert_eq!((end.kind, end.pages, pages.len()), (Some(Kind::Pdf), 2, 2));
    assert_eq!((pages[0].width, pages[0].height), (1200, 1698));
    assert_eq!(text, "Hello world\nSecond line\n\nPage two\nSecond line");
    assert!(invoice.is_none());
    // Something is painted, in black on white.
    let image = image::load_from_memory(&pages[0].png).unwrap().to_luma8();
    assert!(image.pixels().any(|pixel| pixel.0[0] < 40) && image.get_pixel(0, 0).0[0] == 255);
}

#[test]
fn a_long_pdf_is_counted_and_its_first_pages_are_shown() {
    let lines = vec!["x"; 60];
    let limits = Limits { pages: 3, ..LIMITS };
    let (mut pages, mut count) = (0, 0);
    preview(pdf(&lines, None), limits, &mut |part| {
        match part {
            Part::Page(_) => pages += 1,
            Part::End(end) => count = end.pages,
            _ => {}
        }
        Ok(())
    })
    .unwrap();
    assert_eq!((pages, count), (3, 60));
}

#[test]
fn invoices_are_read_in_both_languages_and_out_of_a_pdf() {
    for bytes in [CII.as_bytes().to_vec(), UBL.as_bytes().to_vec(), pdf(&["Invoice"], Some(CII))] {
        let (_, text, invoice, end) = made(bytes);
        let invoice = invoice.unwrap();
        assert!([Some(Kind::Invoice), Some(Kind::Pdf)].contains(&end.kind));
        assert_eq!((invoice.number.as_str(), invoice.credit), ("R-2026/118", false));
        assert_eq!((invoice.seller.name.as_str(), invoice.buyer.name.as_str()), ("Nordlicht GmbH", "ACME & Söhne KG"));
        assert_eq!(invoice.seller.tax_id.as_deref(), Some("DE123456789"));
        assert_eq!(invoice.buyer.address, ["Hafenstraße 3", "20095 Hamburg", "DE"]);
        assert_eq!((invoice.issued_on.as_deref(), invoice.due_on.as_deref()), (Some("2026-11-22"), Some("2026-12-06")));
        let sums =
            [&invoice.net, &invoice.tax, &invoice.gross, &invoice.payable].map(|sum| sum.as_deref().unwrap_or(""));
        assert_eq!(sums, ["250.00", "47.50", "297.50", "297.50"]);
        assert_eq!((invoice.currency.as_deref(), invoice.line_count), (Some("EUR"), 2));
        assert_eq!(invoice.iban.as_deref(), Some("DE89370400440532013000"));
        assert_eq!(invoice.payment_reference.as_deref(), Some("R-2026/118"));
        let line = &invoice.lines[0];
        assert_eq!(
            (line.name.as_str(), line.quantity.as_deref(), line.unit.as_deref()),
            ("Inspection", Some("2"), Some("HUR"))
        );
        assert_eq!((line.price.as_deref(), line.net.as_deref()), (Some("100.00"), Some("200.00")));
        assert!(end.kind == Some(Kind::Pdf) || text.contains("ACME & Söhne KG"));
    }
}

#[test]
fn an_invoice_shows_nothing_that_turns_or_hides_its_words() {
    let turned = UBL.replace("Inspection", "Inspec&#x202e;&#7;tion").replace("250.00", "2&#x202e;50.00");
    let invoice = made(turned.into()).2.unwrap();
    assert_eq!(invoice.lines[0].name, "Inspection");
    assert_eq!(invoice.net, None, "no number");
}

#[test]
fn office_files_become_text() {
    let docx = r#"<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Offer &amp; terms</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>B</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>End</w:t><w:tab/><w:t>!</w:t></w:r></w:p></w:body></w:document>"#;
    let (_, text, _, end) = made(zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", docx)]));
    assert_eq!((end.kind, text.as_str()), (Some(Kind::Office), "Offer & terms\nA \tB \t\nEnd\t!"));

    let workbook =
        r#"<workbook xmlns:r="r"><sheets><sheet name="Prices" sheetId="1" r:id="rId7"/></sheets></workbook>"#;
    let rels = r#"<Relationships><Relationship Id="rId7" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let shared = "<sst><si><t>Bolt</t></si><si><r><t>Nu</t></r><r><t>t</t></r></si></sst>";
    let sheet = r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1.25</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="inlineStr"><is><t>soon</t></is></c></row></sheetData></worksheet>"#;
    let xlsx = zip(&[
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", rels),
        ("xl/sharedStrings.xml", shared),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    assert_eq!(made(xlsx).1, "Prices\nBolt\t1.25\nNut\tsoon");

    let slide =
        |text: &str| format!(r#"<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>"#);
    let pptx = zip(&[
        ("ppt/presentation.xml", "<p/>"),
        ("ppt/slides/slide10.xml", &slide("Tenth")),
        ("ppt/slides/slide2.xml", &slide("Second")),
    ]);
    assert_eq!(made(pptx).1, "Second\n\nTenth");

    let odt = r#"<office:document-content xmlns:office="o" xmlns:text="t"><text:h>Title</text:h><text:p>One<text:s text:c="2"/>two <text:span>three</text:span></text:p></office:document-content>"#;
    let odt = zip(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", odt)]);
    assert_eq!(made(odt).1, "Title\nOne  two three");
}

#[test]
fn images_are_scaled_and_text_is_read() {
    let mut bytes = Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(3000, 1500).write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    let (pages, _, _, end) = made(bytes.into_inner());
    assert_eq!((end.kind, pages[0].width, pages[0].height), (Some(Kind::Image), 1200, 600));
    let (_, text, _, end) = made(b"Pr\xfcfung;12,5\r\nEnde".to_vec());
    assert_eq!((end.kind, text.as_str()), (Some(Kind::Text), "Prüfung;12,5\nEnde"));
    assert_eq!(refused(vec![0, 159, 146, 150, 7, 7, 7]), Some(Reason::Unsupported));
    assert_eq!(refused(zip(&[("readme.txt", "not an office file")])), Some(Reason::Unsupported));
}

/// A PNG that says it has this many pixels and holds none.
fn claims(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend([width.to_be_bytes(), height.to_be_bytes()].concat());
    header.extend([8, 6, 0, 0, 0]);
    let crc = header.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    });
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    png.extend(header);
    png.extend((!crc).to_be_bytes());
    png.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e\0\0\0\0IEND\xae\x42\x60\x82");
    png
}

#[test]
fn bombs_and_broken_files_are_refused_with_a_reason() {
    assert_eq!(refused(claims(50_000, 50_000)), Some(Reason::Pixels));
    assert_eq!(refused(claims(50, 50)), Some(Reason::Broken));
    // Ten megabytes of the same letter.
    let word = format!("<w:t>{}</w:t>", "a".repeat(10_000_000));
    let bomb = zip(&[("word/document.xml", &format!("<w:document xmlns:w='w'>{word}</w:document>"))]);
    assert!(bomb.len() < 100_000);
    assert_eq!(refused(bomb), Some(Reason::Bomb));
    // A billion laughs.
    let laughs =
        "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><w:document xmlns:w='w'><w:t>&b;</w:t></w:document>";
    assert_eq!(refused(zip(&[("word/document.xml", laughs)])), Some(Reason::Bomb));
    let xml = "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><Invoice><ID>&b;</ID></Invoice>";
    let (_, text, invoice, end) = made(xml.into());
    assert_eq!((end.kind, invoice), (Some(Kind::Text), None));
    assert!(text.contains("&b;"), "shown as it is");
    let whole = pdf(&["Hello"], None);
    assert_eq!(refused(b"%PDF-1.7\nnothing".to_vec()), Some(Reason::Broken));
    assert_eq!(refused(zip(&[("word/document.xml", "<w:document><w:p></w:document>")])), Some(Reason::Broken));
    // Cut off anywhere, it is refused or shown in part; it does not hang.
    for length in (20..whole.len()).step_by(97) {
        made(whole[..length].to_vec());
    }
}

#[test]
fn a_pdf_whose_pages_go_round_in_circles_ends() {
    let looping = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>endobj\n4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 5>>stream\n/X Do\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
    made(looping.to_vec());
}

#[test]
fn a_tree_that_is_too_deep_is_no_invoice() {
    let deep = format!("<Invoice><ID>1</ID>{}{}</Invoice>", "<a>".repeat(5000), "</a>".repeat(5000));
    assert!(made(deep.into()).2.is_none());
}
