//! Sets a table: wraps cells, lines up amounts, repeats the head on a new page, adds the sums.

use super::canvas::{DEEP, HAIR, INK, MUTED, SOFT, bold, regular};
use super::metrics::{Weight, wrap};
use super::paper::{Align, Column, Table};
use super::typeset::{LEFT, RIGHT, Setter};

const SIZE: f32 = 8.8;
const LEADING: f32 = 11.8;
const PAD: f32 = 5.0;

/// Sets the table where the setter stands.
pub fn set(setter: &mut Setter, table: &Table) {
    let edges = edges(&table.columns);
    setter.need(62.0);
    head(setter, &table.columns, &edges);
    for row in &table.rows {
        let cells: Vec<Vec<String>> = row
            .iter()
            .zip(&edges)
            .map(|(cell, (from, to))| wrap(cell, Weight::Regular, SIZE, to - from - 2.0 * PAD))
            .collect();
        let lines = cells.iter().map(Vec::len).max().unwrap_or(1);
        let height = lines as f32 * LEADING + 8.0;
        if setter.need(height) {
            head(setter, &table.columns, &edges);
        }
        let y = setter.y;
        for ((cell, column), (from, to)) in cells.iter().zip(&table.columns).zip(&edges) {
            for (i, line) in cell.iter().enumerate() {
                let at = y + 12.2 + i as f32 * LEADING;
                match column.align {
                    Align::Left => setter.page().text(from + PAD, at, line, regular(SIZE, INK)),
                    Align::Right => setter.page().text_right(to - PAD, at, line, regular(SIZE, INK)),
                }
            }
        }
        setter.y += height;
        let y = setter.y;
        setter.page().line(&[(LEFT, y), (RIGHT, y)], 0.4, HAIR);
    }
    sums(setter, &table.sums);
    setter.y += 10.0;
}

/// The left and right edge of every column.
fn edges(columns: &[Column]) -> Vec<(f32, f32)> {
    let all: f32 = columns.iter().map(|column| column.share).sum();
    let mut x = LEFT;
    let place = |column: &Column| {
        let from = x;
        x += column.share / all * (RIGHT - LEFT);
        (from, x)
    };
    columns.iter().map(place).collect()
}

fn head(setter: &mut Setter, columns: &[Column], edges: &[(f32, f32)]) {
    let y = setter.y;
    let page = setter.page();
    page.block(LEFT, y, RIGHT - LEFT, 19.0, SOFT);
    for (column, (from, to)) in columns.iter().zip(edges) {
        match column.align {
            Align::Left => page.text(from + PAD, y + 12.8, &column.head, bold(8.0, DEEP)),
            Align::Right => page.text_right(to - PAD, y + 12.8, &column.head, bold(8.0, DEEP)),
        }
    }
    page.line(&[(LEFT, y + 19.0), (RIGHT, y + 19.0)], 0.8, DEEP);
    setter.y += 19.0;
}

fn sums(setter: &mut Setter, sums: &[(String, String)]) {
    if sums.is_empty() {
        return;
    }
    setter.need(sums.len() as f32 * 17.0 + 10.0);
    setter.y += 4.0;
    let from = RIGHT - 236.0;
    for (i, (label, amount)) in sums.iter().enumerate() {
        let y = setter.y;
        let page = setter.page();
        if i + 1 == sums.len() {
            page.line(&[(from, y + 1.5), (RIGHT, y + 1.5)], 0.8, DEEP);
            page.text(from, y + 15.5, label, bold(10.0, INK));
            page.text_right(RIGHT - PAD, y + 15.5, amount, bold(10.0, INK));
            setter.y += 22.0;
        } else {
            page.text(from, y + 12.0, label, regular(SIZE, MUTED));
            page.text_right(RIGHT - PAD, y + 12.0, amount, regular(SIZE, INK));
            setter.y += 16.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_width_without_gaps() {
        let column = |share| Column { head: String::new(), share, align: Align::Left };
        let edges = edges(&[column(1.0), column(3.0), column(2.0)]);
        assert!((edges[0].0 - LEFT).abs() < 0.01 && (edges[2].1 - RIGHT).abs() < 0.01);
        assert!(edges.windows(2).all(|pair| (pair[0].1 - pair[1].0).abs() < 0.01));
    }
}
