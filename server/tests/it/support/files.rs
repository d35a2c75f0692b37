//! Small files to send.

use std::io::Write as _;

use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str};

/// A PDF of one page with this line on it.
pub fn pdf(text: &str) -> Vec<u8> {
    paper(&[text], None)
}

/// A PDF with a page for each line, and an invoice inside.
pub fn paper(lines: &[&str], invoice: Option<&str>) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let (catalog, tree, font, file, spec) = (Ref::new(1), Ref::new(2), Ref::new(3), Ref::new(4), Ref::new(5));
    let page = |at: usize| Ref::new(10 + 2 * i32::try_from(at).unwrap());
    let content = |at: usize| Ref::new(11 + 2 * i32::try_from(at).unwrap());
    let mut root = pdf.catalog(catalog);
    root.pages(tree);
    if invoice.is_some() {
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
        set.begin_text().set_font(Name(b"F1"), 24.0).next_line(72.0, 700.0).show(Str(line.as_bytes())).end_text();
        pdf.stream(content(at), &set.finish());
    }
    pdf.type1_font(font).base_font(Name(b"Helvetica"));
    if let Some(xml) = invoice {
        pdf.embedded_file(file, xml.as_bytes());
        let mut named = pdf.file_spec(spec);
        named.path(Str(b"factur-x.xml"));
        named.insert(Name(b"EF")).dict().pair(Name(b"F"), file);
    }
    pdf.finish()
}

/// A ZIP archive of text files, packed.
pub fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (name, text) in files {
        let mut crc = flate2::Crc::new();
        crc.update(text.as_bytes());
        let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(text.as_bytes()).unwrap();
        let packed = packer.finish().unwrap();
        // Version 2.0, no flags, deflate, no time.
        let mut facts = vec![20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0];
        facts.extend_from_slice(&crc.sum().to_le_bytes());
        facts.extend_from_slice(&(packed.len() as u32).to_le_bytes());
        facts.extend_from_slice(&(text.len() as u32).to_le_bytes());
        facts.extend_from_slice(&(name.len() as u16).to_le_bytes());
        facts.extend_from_slice(&[0, 0]);
        directory.extend_from_slice(b"PK\x01\x02\x14\0");
        directory.extend_from_slice(&facts);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&(out.len() as u32).to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&facts);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(&packed);
    }
    let (at, count) = (out.len() as u32, (files.len() as u16).to_le_bytes());
    out.extend_from_slice(&directory);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&[count, count].concat());
    out.extend_from_slice(&(directory.len() as u32).to_le_bytes());
    out.extend_from_slice(&at.to_le_bytes());
    out.extend_from_slice(&[0, 0]);
    out
}

/// A multipart body with the boundary `XXXX`: fields, then one file.
pub fn multipart(fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, value) in fields {
        body.extend_from_slice(
            format!("--XXXX\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").as_bytes(),
        );
    }
    let name = name.replace('"', "%22");
    body.extend_from_slice(
        format!("--XXXX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").as_bytes(),
    );
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--XXXX--\r\n");
    body
}
