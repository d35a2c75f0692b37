//! The words somebody is found by: those of their name and of their address, each by its beginning.

use crate::db::{DbResult, Tx, Value, args, sql};
use crate::ids::UserId;
use crate::organisation::fields::words;

sql! {
    FORGET = "DELETE FROM person_terms WHERE user_id = $1";
    ADD = sqlite: "INSERT INTO person_terms (term, user_id) SELECT value, $1 FROM json_each($2)", postgres: "INSERT INTO person_terms (term, user_id) SELECT value, $1 FROM jsonb_array_elements_text($2::text::jsonb) AS t (value)";
    /// The words of whoever has this id, as they are now.
    NAMES = "SELECT name, email FROM users WHERE id = $1";
}

/// Notes the words of somebody whose name or address has just been written.
pub async fn note(tx: &Tx, user: UserId) -> DbResult<()> {
    let (name, email): (String, String) = tx.one(NAMES, args![user]).await?;
    tx.execute(FORGET, args![user]).await?;
    let words = serde_json::json!(words(&format!("{name} {email}"))).to_string();
    tx.execute(ADD, args![user, Value::from(words)]).await.map(|_| ())
}
