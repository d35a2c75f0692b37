//! Small drawings inside a paper: the side view of a conveyor, a signature.

use super::canvas::{BRAND, Canvas, HAIR, INK, MUTED, Rgb, SOFT, regular};

/// The blue of a pen.
const PEN: Rgb = [0.09, 0.16, 0.45];

/// A conveyor from the side with its length, height and speed, 132 points high.
pub fn elevation(page: &mut Canvas, x: f32, y: f32, width: f32, labels: &[String; 3]) {
    let [length, height, speed] = labels;
    page.frame(x, y, width, 132.0, 0.5, HAIR);
    let (left, right) = (x + 58.0, x + width - 26.0);
    let (belt, floor) = (y + 58.0, y + 106.0);
    page.block(left, belt, right - left, 10.0, SOFT);
    page.frame(left, belt, right - left, 10.0, 0.8, INK);
    let rollers = 34;
    for i in 0..rollers {
        let at = left + (i as f32 + 0.5) * (right - left) / rollers as f32;
        page.circle(at, belt - 1.0, 3.6, 0.6, INK);
    }
    for i in 0..6 {
        let at = left + 16.0 + i as f32 * (right - left - 32.0) / 5.0;
        page.line(&[(at - 3.0, belt + 10.0), (at - 3.0, floor), (at + 3.0, floor), (at + 3.0, belt + 10.0)], 0.8, INK);
        page.line(&[(at - 7.0, floor), (at + 7.0, floor)], 1.6, INK);
    }
    page.line(&[(x + 14.0, floor + 1.0), (x + width - 14.0, floor + 1.0)], 0.6, MUTED);
    let load = left + 150.0;
    page.frame(load, belt - 32.0, 54.0, 23.0, 0.8, INK);
    page.frame(load, belt - 9.0, 54.0, 4.4, 0.8, INK);
    page.line(&[(load, belt - 32.0), (load + 54.0, belt - 9.0)], 0.4, MUTED);
    page.line(&[(load + 54.0, belt - 32.0), (load, belt - 9.0)], 0.4, MUTED);
    arrow(page, (load + 66.0, belt - 18.0), (load + 110.0, belt - 18.0), BRAND);
    page.text(load + 116.0, belt - 15.0, speed, regular(8.5, BRAND));
    span(page, (left, floor + 15.0), (right, floor + 15.0));
    page.text_centre((left + right) / 2.0, floor + 12.5, length, regular(8.5, MUTED));
    span(page, (x + 30.0, belt - 4.0), (x + 30.0, floor));
    page.line(&[(x + 24.0, belt - 4.6), (left, belt - 4.6)], 0.3, MUTED);
    page.text_upwards(x + 27.0, (belt + floor) / 2.0, height, regular(8.5, MUTED));
}

/// A dimension line with an arrow at both ends.
pub fn span(page: &mut Canvas, from: (f32, f32), to: (f32, f32)) {
    page.line(&[from, to], 0.4, MUTED);
    head(page, from, to, MUTED);
    head(page, to, from, MUTED);
}

/// A line with an arrow at its end.
pub fn arrow(page: &mut Canvas, from: (f32, f32), to: (f32, f32), colour: Rgb) {
    page.line(&[from, to], 0.9, colour);
    head(page, from, to, colour);
}

fn head(page: &mut Canvas, from: (f32, f32), to: (f32, f32), colour: Rgb) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(0.01);
    let (ux, uy) = (dx / length * 5.0, dy / length * 5.0);
    let base = (to.0 - ux, to.1 - uy);
    page.fill(&[to, (base.0 - uy * 0.28, base.1 + ux * 0.28), (base.0 + uy * 0.28, base.1 - ux * 0.28)], colour);
}

/// Something that looks like this name written by hand.
pub fn scribble(page: &mut Canvas, x: f32, y: f32, name: &str) {
    let base = y - 4.0;
    let mut at = (x, base);
    let mut pieces = Vec::new();
    for (i, letter) in name.chars().enumerate() {
        let swing = (u32::from(letter) % 7) as f32 * 0.5;
        let (height, step, dip) = match letter {
            ' ' => (0.0, 7.0, 0.0),
            _ if i == 0 || letter.is_uppercase() => (24.0, 8.5 + swing, -2.0),
            'b' | 'd' | 'f' | 'h' | 'k' | 'l' | 't' | 'ß' => (15.0 + swing, 3.6, 0.0),
            'g' | 'j' | 'p' | 'y' => (4.0, 4.6, 8.0),
            _ => (3.0 + swing, 3.0 + swing, 0.5 - swing * 0.4),
        };
        let end = (at.0 + step, base + dip * 0.3);
        let lean = height * 0.35;
        pieces.push([(at.0 + lean, at.1 - height), (at.0 + step * 0.4, at.1 - height * 0.7 + dip), end]);
        at = end;
    }
    let tail = 20.0 + (name.len() % 5) as f32 * 7.0;
    pieces.push([(at.0 + 8.0, at.1 + 6.0), (at.0 + tail * 0.5, at.1 - 5.0), (at.0 + tail, at.1 - 6.0)]);
    page.curve((x, base), &pieces, 1.0, PEN);
}
