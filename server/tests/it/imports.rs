//! Taking in what another system writes: what is read, what is said of it, and what is left when something is wrong.

use std::path::{Path, PathBuf};

use app::access::Actor;
use app::imports::model::Options;
use app::imports::report::{Entry, Totals};
use app::imports::run::{Kind, Ready, RunError, run as take_in};

use crate::support::{TestApp, both};

struct Done {
    totals: Totals,
    entries: Vec<Entry>,
}

impl Done {
    fn counts(&self) -> [u64; 4] {
        [self.totals.created, self.totals.changed, self.totals.unchanged, self.totals.rejected]
    }

    fn said(&self, at: usize) -> String {
        self.entries.iter().filter(|entry| entry.outcome.is_err()).nth(at).map(Entry::text).unwrap()
    }
}

const DO: Options = Options { dry_run: false, skip_bad: false, currency: String::new(), invite: false, publish: false };

async fn import_file(app: &TestApp, kind: Kind, path: &Path, options: &Options) -> Done {
    let ctx = app::ctx::Ctx { actor: Actor::operator(), ..app.ctx("admin@nordlicht.example").await };
    let options = Options { currency: "EUR".to_owned(), ..options.clone() };
    let mut entries = Vec::new();
    let totals = take_in(&ctx, Ready::open(kind, path).unwrap(), &options, None, |entry| entries.push(entry.clone()))
        .await
        .unwrap();
    Done { totals, entries }
}

fn file(bytes: &[u8]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("kontor-import-{}.csv", uuid::Uuid::now_v7()));
    std::fs::write(&path, bytes).unwrap();
    path
}

async fn import(app: &TestApp, kind: Kind, text: &str, options: &Options) -> Done {
    let path = file(text.as_bytes());
    let done = import_file(app, kind, &path, options).await;
    std::fs::remove_file(path).unwrap();
    done
}

async fn orders(app: &TestApp, email: &str) -> Vec<serde_json::Value> {
    app.token(email).await.get("/api/v1/orders?limit=100").await.json()["items"].as_array().unwrap().clone()
}

const ERP: &str = "Auftragsnr;Kundennr;Auftragsdatum;Wunschtermin;Lieferdatum;Fracht;Empfänger;Ort\n\
    7001;AC-7;04.07.2026;01.08.2026;16.07.2026;32,38;ACME Werke AG;Köln\n\
    7002;AC-7;05.07.2026;16.08.2026;;11,61;ACME Werke AG, \"Halle 3\";Köln\n";

async fn number_acme(app: &TestApp) {
    app.sql("UPDATE organisations SET number = 'AC-7' WHERE slug = 'acme'").await;
}

both! {
    async fn what_an_erp_writes_comes_in_as_it_is_and_twice_changes_nothing(app: TestApp) {
        number_acme(&app).await;
        let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(ERP);
        let path = file(&windows);
        let look = import_file(&app, Kind::Orders, &path, &Options { dry_run: true, ..DO }).await;
        assert_eq!((look.counts(), look.totals.undone), ([2, 0, 0, 0], true));
        assert_eq!(orders(&app, "anna@acme.example").await.len(), 0);
        assert_eq!(import_file(&app, Kind::Orders, &path, &DO).await.counts(), [2, 0, 0, 0]);
        assert_eq!(import_file(&app, Kind::Orders, &path, &DO).await.counts(), [0, 0, 2, 0]);
        std::fs::remove_file(path).unwrap();
        let seen = orders(&app, "anna@acme.example").await;
        let facts = |at: usize| ["number", "status", "ordered_on", "wanted_on", "delivered_on"].map(|field| seen[at][field].as_str().unwrap_or("-").to_owned());
        assert_eq!(facts(0), ["7002", "received", "2026-07-05", "2026-08-16", "-"]);
        assert_eq!(facts(1), ["7001", "delivered", "2026-07-04", "2026-08-01", "2026-07-16"]);
        assert_eq!(seen[0]["ship_to"], "ACME Werke AG, \"Halle 3\"\nKöln");
        // Another system says it in another way, and more of it: the same orders, and only what is new.
        let english = "order_id,customer_id,order_date,required_date,shipped_date,ship_name,ship_address,ship_city,ship_postal_code,ship_country\n\
            7001,AC-7,2026-07-04,2026-08-01,2026-07-16,ACME Werke AG,Hafenstraße 12,Köln,50667,Germany\n\
            7002,AC-7,2026-07-05,2026-08-16,2026-07-20,\"ACME Werke AG, \"\"Halle 3\"\"\",Hafenstraße 12,Köln,50667,Germany\n";
        let more = import(&app, Kind::Orders, english, &DO).await;
        assert_eq!(more.counts(), [0, 2, 0, 0]);
        assert!(more.entries[1].text().contains("delivered_on") && more.entries[1].text().contains("status"), "{}", more.entries[1].text());
        // A name and a city take nothing away of the whole address.
        assert_eq!(import(&app, Kind::Orders, &ERP.replace("16.08.2026;;", "16.08.2026;20.07.2026;"), &DO).await.counts(), [0, 0, 2, 0]);
        // Their lines, each order's below each other.
        let lines = "order_id,product_id,product_name,unit_price,quantity,discount\n7001,11,Queso,14.0,12,0\n7001,42,Mee,9.8,10,0.15\n7002,72,Mozzarella,34.8,5,0\n";
        assert_eq!(import(&app, Kind::OrderLines, lines, &DO).await.counts(), [0, 2, 0, 0]);
        assert_eq!(import(&app, Kind::OrderLines, lines, &DO).await.counts(), [0, 0, 2, 0]);
        let seen = orders(&app, "anna@acme.example").await;
        assert_eq!((&seen[1]["total"]["amount"], &seen[0]["total"]["amount"]), (&"251.30".into(), &"174.00".into()));
    }

    async fn where_anything_is_wrong_nothing_is_done_unless_one_chooses_otherwise(app: TestApp) {
        number_acme(&app).await;
        let mut text = String::from("number,customer,date\n");
        for at in 0..1200 {
            let row = match at {
                600 => "M-600,NOBODY,2026-01-01\n".to_owned(),
                601 => "M-601,AC-7,2026-02-30\n".to_owned(),
                602 => "M-10,AC-7,2026-01-01\n".to_owned(),
                _ => format!("M-{at},AC-7,2026-01-01\n"),
            };
            text.push_str(&row);
        }
        let nothing = import(&app, Kind::Orders, &text, &DO).await;
        assert_eq!((nothing.counts(), nothing.totals.undone), ([1197, 0, 0, 3], true));
        assert_eq!(orders(&app, "anna@acme.example").await.len(), 0);
        assert!(nothing.said(0).contains("There is no such customer") && nothing.said(1).contains("2026-02-30") && nothing.said(2).contains("twice"), "{}", nothing.said(2));
        let lines: Vec<u64> = nothing.entries.iter().filter(|entry| entry.outcome.is_err()).map(|entry| entry.line).collect();
        assert_eq!(lines, [602, 603, 604]);
        let most = import(&app, Kind::Orders, &text, &Options { skip_bad: true, ..DO }).await;
        assert_eq!((most.counts(), most.totals.undone), ([1197, 0, 0, 3], false));
        assert_eq!(import(&app, Kind::Orders, &text, &Options { dry_run: true, ..DO }).await.counts(), [0, 0, 1197, 3]);
    }

    async fn a_row_with_more_cells_than_the_heading_is_left_out_and_not_shifted(app: TestApp) {
        number_acme(&app).await;
        let text = "number,customer,date,total,title\nW-1,AC-7,2026-01-01,10,Bolts\nW-2,AC-7,2026-01-01,12,50,Nuts\nW-3,AC-7,2026-01-01,10,Belts,, \nW-4,AC-7,2026-01-01\n";
        assert!(import(&app, Kind::Orders, text, &DO).await.totals.undone);
        let done = import(&app, Kind::Orders, text, &Options { skip_bad: true, ..DO }).await;
        assert_eq!(done.counts(), [3, 0, 0, 1]);
        assert_eq!(done.said(0), "row: Line 3 has more values than the file has columns. A value that contains the separator, such as 12,50 between commas, belongs in quotes.");
        assert_eq!(done.entries.iter().find(|entry| entry.outcome.is_err()).map(|entry| entry.line), Some(3));
        // The same row with its quotes is taken; of lines that stand below each other the one is named.
        let quoted = text.replace("12,50", "\"12,50\"");
        assert_eq!(import(&app, Kind::Orders, &quoted, &DO).await.counts(), [1, 0, 3, 0]);
        let lines = "order,quantity,item,price\nW-1,1,Nut,1\nW-1,2,Bolt,2,50\nW-3,1,Nut,1\n";
        let done = import(&app, Kind::OrderLines, lines, &Options { skip_bad: true, ..DO }).await;
        assert_eq!(done.counts(), [0, 1, 0, 1]);
        assert!(done.entries[0].line == 2 && done.said(0).contains("Line 3"), "{}", done.said(0));
        let customers = import(&app, Kind::Organisations, "number,name,city\nWIDE,Wide, Ltd,Graz\n", &DO).await;
        assert!(customers.counts() == [0, 0, 0, 1] && customers.said(0).contains("Line 2"), "{}", customers.said(0));
    }

    async fn customers_come_in_with_their_address_and_nobody_takes_the_order_of_another(app: TestApp) {
        let text = "customer_id,company_name,address,city,postal_code,country,phone\n\
            SAVEA,Save-a-lot Markets,187 Suffolk Ln.,Boise,83720,USA,(208) 555-8097\nERNSH,\"Ernst \"\"Handel\"\"\",Kirchgasse 6,Graz,8010,Austria,7675-3425\n";
        assert_eq!(import(&app, Kind::Organisations, text, &DO).await.counts(), [2, 0, 0, 0]);
        assert_eq!(import(&app, Kind::Organisations, text, &DO).await.counts(), [0, 0, 2, 0]);
        let moved = import(&app, Kind::Organisations, &text.replace("Kirchgasse 6", "Kirchgasse 7"), &DO).await;
        assert_eq!(moved.counts(), [0, 1, 1, 0]);
        assert_eq!(moved.entries[1].text(), "street: \u{201c}Kirchgasse 6\u{201d} -> \u{201c}Kirchgasse 7\u{201d}");
        let wrong = import(&app, Kind::Organisations, &text.replace("Austria", "Nowhere"), &DO).await;
        assert_eq!((wrong.counts()[3], wrong.totals.undone), (1, true), "{}", wrong.said(0));
        let number = "number,customer\nS-1,SAVEA\n";
        assert_eq!(import(&app, Kind::Orders, number, &DO).await.counts(), [1, 0, 0, 0]);
        let taken = import(&app, Kind::Orders, &number.replace("SAVEA", "ERNSH"), &DO).await;
        assert!(taken.said(0).contains("belongs to another order"), "{}", taken.said(0));
        // Prices that say no currency change none that is known.
        let francs = "order,quantity,item,price,currency\nS-1,1,Bolt,2.50,CHF\n";
        assert_eq!(import(&app, Kind::OrderLines, francs, &DO).await.counts(), [0, 1, 0, 0]);
        let unsaid = import(&app, Kind::OrderLines, "order,quantity,item,price\nS-1,2,Bolt,2.50\n", &DO).await;
        assert!(unsaid.said(0).contains("CHF"), "{}", unsaid.said(0));
        // What no database keeps does no harm.
        assert_eq!(import(&app, Kind::Orders, "number,customer,title\nS-1,SAVEA,B\0olts\n", &DO).await.counts(), [0, 1, 0, 0]);
        let missing = import(&app, Kind::OrderLines, "order,quantity,item\nX-9,1,Bolt\n", &DO).await;
        assert_eq!(missing.counts()[3], 1);
    }

    async fn a_file_without_what_is_needed_is_refused_before_anything_is_read(app: TestApp) {
        let path = file(b"a;b\n1;2\n");
        for kind in Kind::ALL {
            let error = Ready::open(kind, &path).unwrap_err();
            // Documents come as a zip: a list alone is not even looked into.
            assert!(matches!(error, RunError::Missing(..)) == (kind != Kind::Documents), "{kind:?}: {error}");
        }
        std::fs::remove_file(path).unwrap();
        // Whoever keeps no orders takes none in.
        let path = file(ERP.as_bytes());
        for email in ["support@nordlicht.example", "anna@acme.example"] {
            let refused = take_in(&app.ctx(email).await, Ready::open(Kind::Orders, &path).unwrap(), &DO, None, |_| ()).await;
            assert!(matches!(refused, Err(RunError::App(app::error::AppError::Forbidden))), "{email}");
        }
        std::fs::remove_file(path).unwrap();
    }

    async fn real_orders_of_two_systems_come_in_twice_and_the_second_finds_the_first(app: TestApp) {
        // Only where they are: the repository has none of this data.
        let Some(data) = std::env::var_os("REAL_DATA") else { return };
        let data = Path::new(&data).join("northwind");
        let customers = import_file(&app, Kind::Organisations, &data.join("customers.csv"), &DO).await;
        assert_eq!(customers.counts(), [91, 0, 0, 0], "{:?}", customers.entries.iter().filter(|e| e.outcome.is_err()).map(Entry::text).collect::<Vec<_>>());
        for (name, counts) in [("orders.csv", [830, 0, 0, 0]), ("orders.csv", [0, 0, 830, 0]), ("auftraege_erp_cp1252.csv", [0, 0, 830, 0])] {
            let done = import_file(&app, Kind::Orders, &data.join(name), &DO).await;
            let different: Vec<String> = done.entries.iter().filter(|e| e.result() != "unchanged").map(Entry::text).take(3).collect();
            assert_eq!(done.counts(), counts, "{name}: {different:?}");
        }
        for counts in [[0, 830, 0, 0], [0, 0, 830, 0]] {
            assert_eq!(import_file(&app, Kind::OrderLines, &data.join("order_lines.csv"), &DO).await.counts(), counts);
        }
        let of = |number: &'static str| {
            let app = &app;
            async move {
                let found: serde_json::Value = app.token("admin@nordlicht.example").await.get("/api/v1/organisations?limit=100").await.json();
                let id = found["items"].as_array().unwrap().iter().find(|o| o["number"] == number).unwrap()["id"].as_str().unwrap().to_owned();
                let orders = app.token("admin@nordlicht.example").await.get(&format!("/api/v1/orders?limit=100&organisation_id={id}")).await.json();
                orders["items"].as_array().unwrap().len()
            }
        };
        assert_eq!((of("SAVEA").await, of("ERNSH").await), (31, 30));
    }
}
