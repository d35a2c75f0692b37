//! The demo's files: made in code, in the words of the company, dated from today backwards.

mod acme_contract;
mod acme_paper;
mod acme_project;
mod acme_terms;
mod borealis;
pub mod canvas;
pub mod certificate;
pub mod company;
pub mod drawing;
pub mod drawing_sheet;
mod figure;
pub mod invoice;
mod invoice_paper;
mod invoice_xml;
mod letterhead;
mod metrics;
pub mod money;
pub mod paper;
mod pdf_file;
mod reminder;
mod specification;
mod table;
mod typeset;
pub mod words;

use jiff::civil::Date;

use paper::Paper;

/// A document of the demo with all its versions.
#[derive(Clone, Debug)]
pub struct DemoDocument {
    /// The slug of the customer it belongs to: `acme` or `borealis`.
    pub organisation: &'static str,
    /// What the customer reads in the list.
    pub title: String,
    /// The key of its category.
    pub category: &'static str,
    /// Who put it in: the local part of a staff address.
    pub author: &'static str,
    /// Who may see it.
    pub audience: DemoAudience,
    /// When it was published; a draft was not.
    pub published_days_ago: Option<i64>,
    /// Its files, oldest first.
    pub versions: Vec<DemoVersion>,
}

/// One file of a document.
#[derive(Clone, Debug)]
pub struct DemoVersion {
    /// The name it was uploaded with.
    pub file_name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// When it was uploaded.
    pub days_ago: i64,
}

/// Who may see a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DemoAudience {
    /// Everyone at the customer.
    Organisation,
    /// Every customer of this group.
    Group(&'static str),
    /// These people, by address.
    People(Vec<&'static str>),
    /// Everyone on this project, partners too.
    Project(&'static str),
}

/// All documents of the demo, as they would stand on this day.
#[must_use]
pub fn documents(today: Date) -> Vec<DemoDocument> {
    let mut all = acme_project::documents(today);
    all.extend(acme_contract::documents(today));
    all.extend(acme_paper::documents(today));
    all.extend(money::documents(today));
    all.extend(borealis::documents(today));
    all
}

/// A file of a document, uploaded on the day it is dated.
fn version(file_name: impl Into<String>, days_ago: i64, bytes: Vec<u8>) -> DemoVersion {
    DemoVersion { file_name: file_name.into(), bytes, days_ago }
}

/// A published document of a single paper.
fn single(
    organisation: &'static str,
    (category, author): (&'static str, &'static str),
    audience: DemoAudience,
    days_ago: i64,
    file_name: impl Into<String>,
    paper: &Paper,
) -> DemoDocument {
    DemoDocument {
        organisation,
        title: paper.title.clone(),
        category,
        author,
        audience,
        published_days_ago: Some(days_ago),
        versions: vec![version(file_name, days_ago, paper.pdf())],
    }
}

impl DemoDocument {
    /// The same document, not published yet.
    fn draft(mut self) -> Self {
        self.published_days_ago = None;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<DemoDocument> {
        documents(jiff::civil::date(2026, 11, 24))
    }

    #[test]
    fn every_file_is_what_its_name_says() {
        for document in all() {
            assert!(!document.versions.is_empty(), "{}", document.title);
            for version in document.versions {
                let start: &[u8] = if version.file_name.ends_with(".xml") { b"<?xml" } else { b"%PDF-" };
                assert!(version.bytes.starts_with(start), "{}", version.file_name);
            }
        }
    }

    #[test]
    fn both_customers_have_their_documents_and_three_are_drafts() {
        let all = all();
        let of = |slug| all.iter().filter(|document| document.organisation == slug).count();
        assert!(of("acme") >= 16 && of("borealis") >= 6);
        assert_eq!(all.iter().filter(|document| document.published_days_ago.is_none()).count(), 3);
    }

    #[test]
    fn keys_are_known_and_versions_run_forward() {
        for document in all() {
            let categories = ["proposal", "contract", "invoice", "specification", "minutes", "other"];
            assert!(categories.contains(&document.category), "{}", document.category);
            assert!(["pm", "finance", "sales", "admin"].contains(&document.author));
            assert!(document.versions.windows(2).all(|pair| pair[0].days_ago > pair[1].days_ago));
            let days = document.versions.iter().map(|version| version.days_ago);
            assert!(days.chain(document.published_days_ago).all(|days| (0..=150).contains(&days)));
        }
    }

    #[test]
    fn titles_and_file_names_differ() {
        let all = all();
        let mut titles: Vec<_> = all.iter().map(|document| (document.organisation, &document.title)).collect();
        let mut files: Vec<_> = all.iter().flat_map(|document| &document.versions).map(|v| &v.file_name).collect();
        let (titled, named) = (titles.len(), files.len());
        titles.sort();
        titles.dedup();
        files.sort();
        files.dedup();
        assert_eq!((titles.len(), files.len()), (titled, named));
    }

    #[test]
    fn any_day_of_the_calendar_works() {
        for day in [Date::MIN, jiff::civil::date(2028, 2, 29), Date::MAX] {
            assert!(!documents(day).is_empty());
        }
    }
}
