//! Who asks: the session of the cookie, then the person with their rights, at every request.

use axum::extract::FromRequestParts;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use sha2::{Digest as _, Sha256};
use tower_sessions::session::Id;
use uuid::Uuid;

use super::{Failed, Floor, format};
use crate::documents::{actor, sessions};

/// Microseconds of the portal's `IDLE` and `ABSOLUTE`.
const IDLE: i64 = 30 * 60 * 1_000_000;
const ABSOLUTE: i64 = 12 * 3600 * 1_000_000;

/// A customer, signed in.
#[derive(Debug)]
pub struct Reader {
    pub id: Uuid,
    pub now: i64,
    pub name: String,
    pub email: String,
    pub organisation_id: Uuid,
    pub organisation: String,
    pub admin: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    name: String,
    email: String,
    organisation_id: Option<Uuid>,
    role: Option<String>,
    organisation_name: Option<String>,
}

impl FromRequestParts<Floor> for Reader {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, floor: &Floor) -> Result<Self, Failed> {
        let cookies = parts.headers.get(COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let id: Id = cookies
            .split("; ")
            .find_map(|pair| pair.strip_prefix("kontor="))
            .and_then(|text| text.parse().ok())
            .ok_or(Failed::SignIn)?;
        let now = format::now();
        let session: Option<(String, i64)> = sqlx::query_as(sessions::LOAD)
            .bind(Sha256::digest(id.0.to_le_bytes()).to_vec())
            .bind(now - IDLE)
            .bind(now - ABSOLUTE)
            .fetch_optional(&floor.readers)
            .await?;
        let (data, _) = session.ok_or(Failed::SignIn)?;
        let data: serde_json::Value = serde_json::from_str(&data)?;
        let id: Uuid = data
            .pointer("/axum-login.data/user_id")
            .and_then(|id| id.as_str())
            .and_then(|text| text.parse().ok())
            .ok_or(Failed::SignIn)?;
        let rows: Vec<Row> = sqlx::query_as(actor::LOAD).bind(id).fetch_all(&floor.readers).await?;
        let row = rows.into_iter().next().ok_or(Failed::SignIn)?;
        Ok(Self {
            id,
            now,
            name: row.name,
            email: row.email,
            organisation_id: row.organisation_id.ok_or(Failed::SignIn)?,
            organisation: row.organisation_name.unwrap_or_default(),
            admin: row.role.as_deref() == Some("admin"),
        })
    }
}
