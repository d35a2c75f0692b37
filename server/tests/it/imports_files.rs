//! Workbooks as they come in: dates, numbers, formulas by their values; and what only looks small.

use std::io::{Cursor, Write as _};

use app::imports::here::Here;
use app::imports::kind::Kind;
use app::imports::mapping::Mapping;
use app::imports::model::Options;
use app::imports::report::{Entry, Totals};
use app::imports::run::RunError;
use app::imports::table::TableError;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{TestApp, both};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Notes" sheetId="1" state="hidden" r:id="s1"/><sheet name="Orders" sheetId="2" r:id="s2"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="s2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="s3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="s4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
const STRINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="1"><si><t>AC-7</t></si></sst>"#;

fn sheet(rows: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

fn text(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn book(rows: &str, strings: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let notes = sheet(&format!("<row r=\"1\">{}</row>", text("A1", "nothing to see")));
    let orders = sheet(rows);
    let parts: [(&str, &[u8]); 8] = [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", notes.as_bytes()),
        ("xl/worksheets/sheet2.xml", orders.as_bytes()),
    ];
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

async fn import(app: &TestApp, kind: Kind, bytes: &[u8]) -> Result<(Totals, Vec<Entry>), RunError> {
    let path = std::env::temp_dir().join(format!("kontor-book-{}", uuid::Uuid::now_v7()));
    std::fs::write(&path, bytes).unwrap();
    let ctx = app.ctx("admin@nordlicht.example").await;
    let options = Options { currency: "EUR".to_owned(), ..Options::default() };
    let mut entries = Vec::new();
    let here = Here::open(kind, &path, Mapping::default());
    std::fs::remove_file(&path).unwrap();
    let totals = here?.look(&ctx, &options, |entry| entries.push(entry.clone())).await?;
    Ok((totals, entries))
}

both! {
    async fn a_workbook_is_read_as_people_see_it_and_formulas_by_their_values(app: TestApp) {
        app.sql("UPDATE organisations SET number = 'AC-7' WHERE slug = 'acme'").await;
        let heading = ["Order number", "Customer", "Order date", "Total", "Title"];
        let heading: String = heading.iter().zip('A'..).map(|(name, column)| text(&format!("{column}2"), name)).collect();
        // Excel counts days from 1900; 46207 is 4 July 2026. The total is what the formula came to, the title is none.
        let rows = format!(
            "<row r=\"2\">{heading}</row><row r=\"4\"><c r=\"A4\"><v>7001</v></c><c r=\"B4\" t=\"s\"><v>0</v></c><c r=\"C4\" s=\"1\"><v>46207</v></c><c r=\"D4\"><f>0.1+0.2</f><v>0.30000000000000004</v></c>{}</row>",
            text("E4", "=HYPERLINK(\"http://example.com\")")
        );
        let bytes = book(&rows, STRINGS.as_bytes());
        let (totals, entries) = import(&app, Kind::Orders, &bytes).await.unwrap();
        assert_eq!((totals.created, entries[0].line, entries[0].number.as_str()), (1, 4, "7001"), "{:?}", entries[0].text());
        let ctx = app.ctx("admin@nordlicht.example").await;
        let path = std::env::temp_dir().join(format!("kontor-book-{}", uuid::Uuid::now_v7()));
        std::fs::write(&path, &bytes).unwrap();
        let options = Options { currency: "EUR".to_owned(), ..Options::default() };
        Here::open(Kind::Orders, &path, Mapping::default()).unwrap().run(&ctx, &options, |_| ()).await.unwrap().unwrap();
        std::fs::remove_file(path).unwrap();
        let found = app.sql("SELECT ordered_on, CAST(total AS TEXT), title FROM orders WHERE number = '7001'").await;
        assert_eq!(found, [["2026-07-04", "30", "=HYPERLINK(\"http://example.com\")"].map(str::to_owned)]);
        // Out again, no spreadsheet runs it.
        let report = app.browser("admin@nordlicht.example").await.get("/staff/imports").await;
        assert_eq!(report.status, 200);
    }

    async fn what_unpacks_to_far_more_than_it_seems_is_refused_and_so_is_what_is_broken(app: TestApp) {
        let row = format!("<row r=\"1\">{}</row>", text("A1", "number"));
        let bomb = book(&row, &vec![b' '; 140 * 1024 * 1024]);
        assert!(bomb.len() < 1024 * 1024);
        assert!(matches!(import(&app, Kind::Orders, &bomb).await, Err(RunError::Table(TableError::Large))));
        let wide = format!("<row r=\"1\">{}</row>", text("XFD1", "number"));
        assert!(matches!(import(&app, Kind::Orders, &book(&wide, STRINGS.as_bytes())).await, Err(RunError::Table(TableError::Row(1, _)))));
        let good = book(&row, STRINGS.as_bytes());
        for cut in [30, good.len() / 2, good.len() - 5] {
            assert!(matches!(import(&app, Kind::Orders, &good[..cut]).await, Err(RunError::Table(TableError::Kind(_)))), "{cut}");
        }
        assert!(matches!(import(&app, Kind::Orders, &book("", STRINGS.as_bytes())).await, Err(RunError::Missing("number", _))), "the hidden sheet has a heading");
    }
}
