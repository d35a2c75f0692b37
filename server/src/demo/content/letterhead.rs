//! The top and the bottom of Nordlicht's paper.

use super::canvas::{BRAND, Canvas, HAIR, INK, MUTED, bold, regular};
use super::company::{BANK, BIC, NORDLICHT, PHONE, REGISTER, iban};
use super::metrics::{Weight, width, wrap};
use super::paper::Paper;
use super::typeset::{LEFT, PAGE, RIGHT};

/// Draws the letterhead, the address or title block, and says where the text starts.
pub fn first(page: &mut Canvas, paper: &Paper) -> f32 {
    page.block(0.0, 0.0, PAGE.0, 5.0, BRAND);
    page.mark(LEFT, 36.0, 34.0);
    page.text(LEFT + 44.0, 51.0, "Nordlicht Maschinenbau", bold(14.0, INK));
    let line = paper.language.pick(
        "Roller conveyors and packaging lines",
        "Rollenförderer und Verpackungslinien",
        "Rollenbanen en verpakkingslijnen",
    );
    page.text(LEFT + 44.0, 65.0, line, regular(8.5, MUTED));
    if let Some(company) = &paper.to {
        let sender = format!("{} · {} · {} {}", NORDLICHT.name, NORDLICHT.street, NORDLICHT.postcode, NORDLICHT.city);
        page.text(LEFT, 128.0, &sender, regular(6.8, MUTED));
        page.line(&[(LEFT, 132.0), (LEFT + 228.0, 132.0)], 0.4, HAIR);
        for (i, line) in company.address().iter().enumerate() {
            page.text(LEFT, 150.0 + i as f32 * 13.6, line, regular(10.0, INK));
        }
        column(page, paper, 350.0, 128.0);
        title(page, paper, 258.0)
    } else {
        page.text_right(RIGHT, 51.0, &paper.number, bold(9.5, INK));
        page.text_right(RIGHT, 65.0, &paper.language.date(paper.date), regular(8.5, MUTED));
        let below = title(page, paper, 124.0);
        grid(page, paper, below)
    }
}

/// Draws the head of a following page and says where the text starts.
pub fn next(page: &mut Canvas, paper: &Paper) -> f32 {
    page.block(0.0, 0.0, PAGE.0, 5.0, BRAND);
    page.mark(LEFT, 30.0, 18.0);
    page.text(LEFT + 26.0, 42.5, &paper.title, bold(8.5, INK));
    page.text_right(RIGHT, 42.5, &paper.number, regular(8.5, MUTED));
    page.line(&[(LEFT, 58.0), (RIGHT, 58.0)], 0.5, HAIR);
    78.0
}

/// Draws the foot of a page: who Nordlicht is on the first one, the page number on all.
pub fn foot(page: &mut Canvas, paper: &Paper, number: usize, count: usize) {
    let face = regular(7.0, MUTED);
    let pages = paper.language.page(number, count);
    page.line(&[(LEFT, 768.0), (RIGHT, 768.0)], 0.5, HAIR);
    if number > 1 {
        page.text(LEFT, 781.0, NORDLICHT.name, face);
        page.text_right(RIGHT, 781.0, &pages, face);
        return;
    }
    let vat = paper.language.pick("VAT no.", "USt-IdNr.", "Btw-nr.");
    let columns = [
        [
            NORDLICHT.name.to_owned(),
            NORDLICHT.street.to_owned(),
            format!("D-{} {}", NORDLICHT.postcode, NORDLICHT.city),
        ],
        [PHONE.to_owned(), "portal@nordlicht.example".to_owned(), "www.nordlicht.example".to_owned()],
        [BANK.to_owned(), format!("IBAN {}", iban()), format!("BIC {BIC}")],
        [REGISTER.to_owned(), format!("{vat} {}", NORDLICHT.vat_id), pages],
    ];
    for (i, lines) in columns.iter().enumerate() {
        for (j, line) in lines.iter().enumerate() {
            let at = 781.0 + j as f32 * 10.0;
            let x = LEFT + [0.0, 118.0, 226.0][i.min(2)];
            if i == 3 {
                page.text_right(RIGHT, at, line, face);
            } else {
                page.text(x, at, line, face);
            }
        }
    }
}

fn title(page: &mut Canvas, paper: &Paper, top: f32) -> f32 {
    let mut y = top;
    let size = if width(&paper.title, Weight::Bold, 19.0) > RIGHT - LEFT { 16.0 } else { 19.0 };
    for line in wrap(&paper.title, Weight::Bold, size, RIGHT - LEFT) {
        page.text(LEFT, y, &line, bold(size, INK));
        y += 23.0;
    }
    if !paper.subtitle.is_empty() {
        for line in wrap(&paper.subtitle, Weight::Regular, 10.5, RIGHT - LEFT) {
            page.text(LEFT, y - 4.0, &line, regular(10.5, MUTED));
            y += 14.0;
        }
    }
    y + 4.0
}

fn column(page: &mut Canvas, paper: &Paper, x: f32, top: f32) {
    for (i, (label, value)) in paper.facts.iter().enumerate() {
        let at = top + i as f32 * 14.0;
        page.text(x, at, label, regular(8.5, MUTED));
        page.text_right(RIGHT, at, value, regular(8.5, INK));
        page.line(&[(x, at + 4.4), (RIGHT, at + 4.4)], 0.4, HAIR);
    }
}

fn grid(page: &mut Canvas, paper: &Paper, top: f32) -> f32 {
    if paper.facts.is_empty() {
        return top;
    }
    let cell = (RIGHT - LEFT) / 3.0;
    let rows = paper.facts.chunks(3);
    let height = rows.len() as f32 * 32.0;
    page.line(&[(LEFT, top), (RIGHT, top)], 0.8, INK);
    for (i, row) in rows.enumerate() {
        let y = top + i as f32 * 32.0;
        for (j, (label, value)) in row.iter().enumerate() {
            let x = LEFT + j as f32 * cell;
            page.text(x, y + 12.5, label, regular(7.5, MUTED));
            page.text(x, y + 24.5, value, bold(9.0, INK));
        }
        page.line(&[(LEFT, y + 32.0), (RIGHT, y + 32.0)], 0.4, HAIR);
    }
    top + height + 10.0
}
