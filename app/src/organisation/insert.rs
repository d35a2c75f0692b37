//! The one place where a customer's row is made: with the words it is found by.

use crate::db::{DbResult, Tx, args, sql};
use crate::ids::OrganisationId;
use crate::time::Instant;

use super::details::index;

sql! {
    INSERT = "INSERT INTO organisations (id, slug, name, number, state, created_at, street, postcode, city, country, phone, website, vat_id, language) VALUES ($1, $2, $3, $4, 'active', $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (slug) DO NOTHING";
}

/// A customer to be made, checked by whoever makes it; empty where nothing is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewRow<'a> {
    /// Short name in commands.
    pub slug: &'a str,
    /// Name.
    pub name: &'a str,
    /// Customer number.
    pub number: &'a str,
    /// Street and number.
    pub street: &'a str,
    /// Postcode.
    pub postcode: &'a str,
    /// City.
    pub city: &'a str,
    /// Country.
    pub country: &'a str,
    /// Telephone.
    pub phone: &'a str,
    /// Website.
    pub website: &'a str,
    /// VAT ID.
    pub vat_id: &'a str,
    /// Language of mails.
    pub language: &'a str,
}

/// Makes it; `false` where the short name is taken. A number that another customer has is a unique violation.
pub async fn insert(tx: &Tx, id: OrganisationId, row: NewRow<'_>, at: Instant) -> DbResult<bool> {
    let NewRow { slug, name, number, street, postcode, city, country, phone, website, vat_id, language } = row;
    let values = args![id, slug, name, number, at, street, postcode, city, country, phone, website, vat_id, language];
    let made = tx.execute(INSERT, values).await? > 0;
    if made {
        index(tx, id, &[name, number, city]).await?;
    }
    Ok(made)
}
