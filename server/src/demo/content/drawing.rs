//! The layout drawing of the roller conveyor in hall 3: plan and side view at 1:25.

use super::canvas::{BRAND, HAIR, INK, MUTED, Rgb, SOFT, bold, regular};
use super::drawing_sheet::{Revision, Sheet};

/// The conveyor's ends on the sheet: 8,500 mm at 1:25.
const ENDS: (f32, f32) = (50.0, 390.0);
/// The conveyor's sides in the plan: 1,040 mm.
const SIDES: (f32, f32) = (92.0, 133.6);
/// Where the four transfer points begin.
const TRANSFERS: [f32; 4] = [90.0, 170.0, 250.0, 330.0];
/// Walls and columns.
const CONCRETE: Rgb = [0.86, 0.87, 0.88];

/// The drawing as a PDF file; the last revision is the valid one.
#[must_use]
pub fn layout(number: &str, author: &str, revisions: &[Revision]) -> Vec<u8> {
    let mut sheet = Sheet::new();
    hall(&mut sheet);
    conveyor(&mut sheet);
    for (i, x) in TRANSFERS.iter().enumerate() {
        transfer(&mut sheet, *x, i + 1);
    }
    cabinet(&mut sheet);
    measures(&mut sheet);
    side_view(&mut sheet);
    notes(&mut sheet);
    let title = ["Roller conveyor RF-400, line 2", "Layout hall 3, plan and side view A"];
    sheet.title_block(number, title, "4 of 6", revisions);
    let date = revisions.last().map(|revision| revision.date).unwrap_or_default();
    sheet.pdf(&format!("{} {number}", title[0]), author, date)
}

fn hall(sheet: &mut Sheet) {
    sheet.block(20.4, 22.0, 389.2, 6.0, CONCRETE);
    for y in [22.0, 28.0] {
        sheet.line(&[(20.4, y), (409.6, y)], 0.5, INK);
    }
    for i in 0..64_u8 {
        let x = 21.0 + f32::from(i) * 6.05;
        sheet.line(&[(x, 28.0), (x + 4.0, 22.0)], 0.1, MUTED);
    }
    sheet.text(24.0, 20.0, "Hall 3, north wall", regular(8.0, MUTED));
    for (i, x) in [60.0, 220.0, 380.0].iter().enumerate() {
        sheet.dashed(&[(*x, 32.0), (*x, 232.0)], 0.13, HAIR, &[8.0, 1.5, 1.0, 1.5]);
        sheet.block(x - 4.0, 38.0, 8.0, 1.2, INK);
        sheet.block(x - 4.0, 44.8, 8.0, 1.2, INK);
        sheet.block(x - 0.6, 38.0, 1.2, 8.0, INK);
        sheet.circle(*x, 15.5, 3.6, 0.2);
        sheet.centre(*x, 16.7, &(i + 7).to_string(), regular(8.5, INK));
    }
    sheet.text(66.0, 44.0, "HEB 200", regular(7.0, MUTED));
}

fn conveyor(sheet: &mut Sheet) {
    let (left, right) = ENDS;
    let (top, bottom) = SIDES;
    sheet.block(left, top, right - left, bottom - top, SOFT);
    for y in [top, bottom - 1.6] {
        sheet.frame(left, y, right - left, 1.6, 0.35);
    }
    for i in 0..68_u8 {
        let x = left + 2.5 + f32::from(i) * 5.0;
        sheet.frame(x - 1.6, top + 2.4, 3.2, bottom - top - 4.8, 0.13);
        sheet.line(&[(x, top + 0.8), (x, bottom - 0.8)], 0.08, MUTED);
    }
    for i in 1..17_u8 {
        let x = left + f32::from(i) * 20.0;
        sheet.line(&[(x, top - 1.5), (x, bottom + 1.5)], 0.25, INK);
    }
    let middle = f32::midpoint(top, bottom);
    sheet.dashed(&[(left - 8.0, middle), (right + 8.0, middle)], 0.13, INK, &[8.0, 1.5, 1.0, 1.5]);
    sheet.arrow((202.0, middle - 8.0), (238.0, middle - 8.0), BRAND);
    sheet.arrow((52.0, middle + 9.0), (68.0, middle + 9.0), BRAND);
    for i in 0..17_u8 {
        let at = left + 10.0 + f32::from(i) * 20.0;
        sheet.centre(at, top - 3.0, &format!("Z{}", i + 1), regular(6.5, MUTED));
    }
    for (x, other) in [(left - 14.0, -1.0), (right + 10.0, 1.0)] {
        sheet.line(&[(x, top - 6.0), (x, top + 4.0)], 0.5, INK);
        sheet.arrow((x, top - 6.0), (x + 4.0 * other, top - 6.0), INK);
        sheet.text(x - 1.5, top - 8.0, "A", bold(9.0, INK));
    }
}

fn transfer(sheet: &mut Sheet, x: f32, number: usize) {
    let (top, bottom) = SIDES;
    for chain in [x + 8.0, x + 18.0, x + 28.0] {
        sheet.line(&[(chain, top + 2.4), (chain, bottom - 2.4)], 0.9, BRAND);
    }
    sheet.block(x + 2.0, bottom, 36.0, 36.0, SOFT);
    for rail in [x, x + 38.4] {
        sheet.frame(rail, bottom, 1.6, 36.0, 0.3);
    }
    for i in 0..7_u8 {
        sheet.frame(x + 2.4, bottom + 1.4 + f32::from(i) * 5.0, 35.2, 3.2, 0.13);
    }
    sheet.arrow((x + 20.0, bottom + 30.0), (x + 20.0, bottom + 12.0), BRAND);
    for (i, (sx, sy)) in [(x + 3.0, top + 4.0), (x + 37.0, top + 4.0), (x + 20.0, bottom + 3.6)].iter().enumerate() {
        sheet.fill(&[(sx - 1.4, sy + 1.2), (sx + 1.4, sy + 1.2), (*sx, sy - 1.4)], INK);
        let side = if i == 0 { 2.0 } else { -5.6 };
        sheet.block(sx + side - 0.3, sy - 1.2, 4.2, 2.9, [1.0, 1.0, 1.0]);
        sheet.text(sx + side, sy + 1.1, &format!("S{}", i + 1), regular(6.5, INK));
    }
    sheet.centre(x + 20.0, bottom + 40.5, &format!("TP-4.{number}"), bold(8.5, INK));
}

fn cabinet(sheet: &mut Sheet) {
    sheet.block(264.0, 38.0, 48.0, 16.0, SOFT);
    sheet.frame(264.0, 38.0, 48.0, 16.0, 0.5);
    for x in [280.0, 296.0] {
        sheet.line(&[(x, 38.0), (x, 54.0)], 0.25, INK);
    }
    sheet.centre(288.0, 47.6, "KS-12", bold(9.0, INK));
    sheet.dashed(&[(264.0, 54.0), (264.0, 70.0), (312.0, 70.0), (312.0, 54.0)], 0.18, MUTED, &[2.0, 1.2]);
    sheet.centre(288.0, 63.5, "keep clear", regular(7.0, MUTED));
    sheet.dashed(&[(304.0, 70.0), (304.0, 92.0)], 0.3, BRAND, &[3.0, 1.0]);
    sheet.text(306.0, 79.0, "cable duct 200 × 60", regular(7.0, BRAND));
    sheet.balloon("3", (330.0, 52.0), (312.0, 48.0));
    sheet.balloon("1", (32.0, 142.0), (54.0, 129.0));
    sheet.balloon("2", (146.0, 150.0), (130.0, 146.0));
}

fn measures(sheet: &mut Sheet) {
    let (left, right) = ENDS;
    let (top, bottom) = SIDES;
    sheet.across(left, right, 74.0, top - 1.0, "8500 (17 zones of 500)");
    sheet.across(left, TRANSFERS[0], 84.0, top - 1.0, "1000");
    for pair in TRANSFERS.windows(2) {
        sheet.across(pair[0], pair[1], 84.0, top - 1.0, "2000");
    }
    sheet.across(TRANSFERS[3], right, 84.0, top - 1.0, "1500");
    sheet.across(TRANSFERS[0], TRANSFERS[0] + 40.0, 180.0, bottom + 36.0, "1000");
    sheet.upright(top, bottom, 404.0, right + 1.0, "1040");
    sheet.upright(28.0, top, 42.0, left - 1.0, "1600");
    sheet.upright(bottom, bottom + 36.0, 378.0, 371.0, "900");
}

fn side_view(sheet: &mut Sheet) {
    let left = ENDS.0;
    let floor = 224.0;
    let top = floor - 31.2;
    sheet.text(24.0, 190.0, "A - A", bold(10.0, INK));
    sheet.block(20.4, floor, 285.0, 2.6, CONCRETE);
    sheet.line(&[(20.4, floor), (305.4, floor)], 0.5, INK);
    let cut = 296.0;
    sheet.block(left, top + 1.4, cut - left, 5.6, SOFT);
    sheet.line(&[(cut, top + 1.4), (left, top + 1.4), (left, top + 7.0), (cut, top + 7.0)], 0.4, INK);
    for i in 0..49_u8 {
        sheet.circle(left + 2.5 + f32::from(i) * 5.0, top + 1.6, 1.6, 0.2);
    }
    for i in 0..7_u8 {
        let x = left + 4.0 + f32::from(i) * 40.0;
        sheet.line(&[(x - 1.2, top + 7.0), (x - 1.2, floor), (x + 1.2, floor), (x + 1.2, top + 7.0)], 0.3, INK);
        sheet.block(x - 3.0, floor - 0.8, 6.0, 0.8, INK);
    }
    let load = 206.0;
    sheet.frame(load, top - 5.8, 48.0, 5.8, 0.3);
    sheet.frame(load, top - 14.0, 48.0, 8.2, 0.3);
    sheet.text(load + 50.0, top - 8.0, "EUR 1, max. 1350 kg", regular(7.0, MUTED));
    sheet.line(&[(cut, top - 1.0), (cut + 1.6, top + 3.0), (cut - 1.6, top + 5.0), (cut, top + 9.0)], 0.25, INK);
    sheet.upright(top, floor, 36.0, left - 1.0, "780");
    sheet.text(272.0, floor - 6.0, "+0.00", regular(7.0, MUTED));
    sheet.across(left + 124.0, left + 164.0, 214.0, 214.0, "1000");
}

fn notes(sheet: &mut Sheet) {
    let parts = [
        ("1", "1", "RF-400 roller conveyor, Ø 80, pitch 125"),
        ("2", "4", "TP-4 transfer point, 90°, three sensors"),
        ("3", "1", "Control cabinet KS-12 with PROFINET gateway"),
    ];
    sheet.text(26.0, 240.0, "Pos.   Qty.   Part", bold(8.0, INK));
    for (i, (position, quantity, part)) in parts.iter().enumerate() {
        let y = 246.0 + i as f32 * 5.4;
        sheet.line(&[(26.0, y - 4.0), (120.0, y - 4.0)], 0.13, MUTED);
        sheet.text(27.0, y, position, regular(8.0, INK));
        sheet.text(37.0, y, quantity, regular(8.0, INK));
        sheet.text(47.0, y, part, regular(8.0, INK));
    }
    let lines = [
        "All dimensions in mm. Heights from finished floor level.",
        "General tolerances ISO 2768-mK, welding ISO 13920-BF.",
        "Anchoring M12 only after release of the floor load certificate.",
        "Floor level within ±5 mm over the length of the line.",
        "Escape route of 1200 mm along the south wall stays clear.",
    ];
    for (i, line) in lines.iter().enumerate() {
        sheet.text(130.0, 246.0 + i as f32 * 5.0, &format!("{}  {line}", i + 1), regular(8.0, INK));
    }
    sheet.text(130.0, 240.0, "Notes", bold(8.0, INK));
    sheet.text(
        26.0,
        283.0,
        "Passing on and copying of this drawing only with our consent (ISO 16016).",
        regular(7.0, MUTED),
    );
}
