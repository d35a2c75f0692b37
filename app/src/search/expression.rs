//! What is looked for, as both engines write it: the query language of FTS5 and a `tsquery`.

use crate::db::Value;

/// What a document's words must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// This one.
    Token(String),
    /// One that begins so.
    Beginning(String),
    /// All of these; of none of them: everything.
    All(Vec<Self>),
    /// One of these; of none of them: nothing.
    Any(Vec<Self>),
    /// A token of one of these blocks. Only for PostgreSQL: FTS5 walks from the last position to the first and stops where
    /// it is told to, and would read all of these lists for nothing.
    Within(Vec<String>),
}

/// No document has it.
const NEVER: &str = "_never";

impl Expression {
    /// As an argument of a statement.
    pub fn value(&self) -> Value {
        Value::Search { sqlite: self.fts5(), postgres: self.tsquery() }
    }

    /// Documents that satisfy this too.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mut all = match self {
            Self::All(parts) => parts,
            one => vec![one],
        };
        match other {
            Self::All(parts) => all.extend(parts),
            one => all.push(one),
        }
        Self::All(all)
    }

    /// <https://sqlite.org/fts5.html#full_text_query_syntax>
    fn fts5(&self) -> String {
        match self {
            Self::Token(token) => format!("\"{token}\""),
            Self::Beginning(start) => format!("\"{start}\" *"),
            Self::All(parts) => joined(parts, " AND ", Self::fts5),
            Self::Any(parts) if parts.is_empty() => format!("\"{NEVER}\""),
            Self::Any(parts) => joined(parts, " OR ", Self::fts5),
            Self::Within(_) => String::new(),
        }
    }

    /// <https://www.postgresql.org/docs/current/datatype-textsearch.html>
    fn tsquery(&self) -> String {
        match self {
            Self::Token(token) => format!("'{token}'"),
            Self::Beginning(start) => format!("'{start}':*"),
            Self::All(parts) => joined(parts, " & ", Self::tsquery),
            Self::Any(parts) if parts.is_empty() => format!("'{NEVER}'"),
            Self::Any(parts) => joined(parts, " | ", Self::tsquery),
            Self::Within(tokens) => joined(&tokens.iter().cloned().map(Self::Token).collect::<Vec<_>>(), " | ", Self::tsquery),
        }
    }
}

fn joined(parts: &[Expression], with: &str, write: fn(&Expression) -> String) -> String {
    let texts: Vec<String> = parts.iter().map(write).filter(|text| !text.is_empty()).collect();
    match texts.as_slice() {
        [one] => one.clone(),
        many => format!("({})", many.join(with)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_are_asked_the_same() {
        let token = |text: &str| Expression::Token(text.to_owned());
        let wanted = Expression::All(vec![
            Expression::Any(vec![token("vertrag"), token("vertrage")]),
            Expression::Beginning("ve".to_owned()),
            Expression::Any(vec![]),
        ]);
        assert_eq!(wanted.fts5(), r#"(("vertrag" OR "vertrage") AND "ve" * AND "_never")"#);
        assert_eq!(wanted.tsquery(), "(('vertrag' | 'vertrage') & 've':* & '_never')");
        let everything = Expression::All(vec![]);
        assert_eq!(token("a").and(everything.clone()).tsquery(), "'a'");
        assert_eq!(everything.and(token("a")).and(token("b")).fts5(), r#"("a" AND "b")"#);
        let narrowed = token("a").and(Expression::Within(vec!["_b1".to_owned(), "_b2".to_owned()]));
        assert_eq!((narrowed.fts5(), narrowed.tsquery()), (r#""a""#.to_owned(), "('a' & ('_b1' | '_b2'))".to_owned()));
    }
}
