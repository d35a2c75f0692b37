//! What customers send: a plain certificate of somebody else, not on Nordlicht's paper.

use jiff::civil::Date;

use super::canvas::{Canvas, HAIR, INK, MUTED, bold, regular};
use super::metrics::{Weight, wrap};
use super::pdf_file::{About, file};
use super::typeset::{LEFT, PAGE, RIGHT};
use super::words::Language;

/// One page: who certifies it, what it is, and its paragraphs.
#[must_use]
pub fn pdf(language: Language, date: Date, issuer: &str, title: &str, paragraphs: &[String]) -> Vec<u8> {
    let mut page = Canvas::new(PAGE.0, PAGE.1);
    page.text(LEFT, 70.0, issuer, bold(12.0, INK));
    page.text_right(RIGHT, 70.0, &language.date(date), regular(9.0, MUTED));
    page.line(&[(LEFT, 82.0), (RIGHT, 82.0)], 0.6, HAIR);
    page.text(LEFT, 132.0, title, bold(17.0, INK));
    let mut y = 168.0;
    for paragraph in paragraphs {
        for line in wrap(paragraph, Weight::Regular, 10.5, RIGHT - LEFT) {
            page.text(LEFT, y, &line, regular(10.5, INK));
            y += 15.0;
        }
        y += 8.0;
    }
    page.line(&[(LEFT, y + 46.0), (LEFT + 170.0, y + 46.0)], 0.5, MUTED);
    page.text(LEFT, y + 60.0, issuer, regular(8.0, MUTED));
    file(vec![page], &About { title, author: issuer, date, language: language.tag() })
}
