//! How far back a search looks at once. Whoever looks for what nearly every document holds finds a page of it among the
//! newest; whoever looks for what few hold has a short list anyhow. So the first look is short and each further one is
//! longer, and PostgreSQL, which has to gather all that matches before it can order it, never gathers much.

use super::expression::Expression;
use super::tokens;

/// Positions in one block. A document's block is one of its tokens.
pub const BLOCK: i64 = 4096;
/// Blocks of the first look, and how the next ones grow.
const FIRST: i64 = 2;
const GROWTH: i64 = 8;
/// Blocks that are named one by one; a longer look names none.
const MOST_NAMED: i64 = 128;

/// The positions a look takes in: after `after`, before `before`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Below all of them.
    pub after: i64,
    /// Above all of them.
    pub before: i64,
    blocks: i64,
}

/// The block a position lies in.
pub const fn block_of(position: i64) -> i64 {
    position.div_euclid(BLOCK)
}

impl Window {
    /// The first look: below this position.
    pub const fn first(before: i64) -> Self {
        Self::of(before, FIRST)
    }

    const fn of(before: i64, blocks: i64) -> Self {
        // Positions begin with 1.
        let lowest = block_of(before - 1) - blocks + 1;
        let after = if blocks > MOST_NAMED || lowest <= 0 { 0 } else { lowest * BLOCK - 1 };
        Self { after, before, blocks }
    }

    /// The next look, or none when this one reached the oldest.
    pub const fn next(self) -> Option<Self> {
        if self.after <= 0 { None } else { Some(Self::of(self.after + 1, self.blocks * GROWTH)) }
    }

    /// The same look, continued below a position.
    #[must_use]
    pub const fn below(self, position: i64) -> Self {
        Self { before: position, ..self }
    }

    /// What of it an index of words can use.
    pub fn narrow(self, wanted: Expression) -> Expression {
        if self.blocks > MOST_NAMED {
            return wanted;
        }
        let named = block_of(self.after + 1)..=block_of(self.before - 1);
        wanted.and(Expression::Within(named.map(tokens::block).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_follow_each_other_without_gap_down_to_the_first_position() {
        for newest in [1, 5, BLOCK, BLOCK + 1, 1_000_000, 50_000_000] {
            let mut window = Window::first(newest + 1);
            let mut looks = 1;
            while let Some(next) = window.next() {
                assert_eq!(next.before, window.after + 1, "from {newest}");
                window = next;
                looks += 1;
            }
            assert_eq!(window.after, 0, "from {newest}");
            assert!(looks <= 5, "{looks} looks from {newest}");
        }
    }

    #[test]
    fn a_look_names_the_blocks_it_takes_in() {
        let window = Window::first(3 * BLOCK + 10);
        let Expression::All(parts) = window.narrow(Expression::Token("x".into())) else { panic!("not narrowed") };
        assert_eq!(window.after, 2 * BLOCK - 1);
        assert_eq!(parts[1], Expression::Within(vec!["_b2".to_owned(), "_b3".to_owned()]));
    }
}
