//! The SQL of the rules of categories.

use crate::access::StaffRole;
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::documents::model::Category;

use super::file_kind::FileKind;
use super::model::{AUDIENCES, AllRules, Approval, Rules};

sql! {
    /// Whoever changes rules waits here for whoever else does.
    LOCK = "INSERT INTO settings (key, value) VALUES ('categories', '') ON CONFLICT (key) DO UPDATE SET value = settings.value";
    ALL = "SELECT category, kinds, size_limit, publishers, audience, approval, approval_days, valid_days, notice_days, customers_send, watermark FROM category_rules";
    ONE = "SELECT category, kinds, size_limit, publishers, audience, approval, approval_days, valid_days, notice_days, customers_send, watermark FROM category_rules WHERE category = $1";
    SET = "INSERT INTO category_rules (category, kinds, size_limit, publishers, audience, approval, approval_days, valid_days, notice_days, customers_send, watermark) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (category) DO UPDATE SET kinds = excluded.kinds, size_limit = excluded.size_limit, publishers = excluded.publishers, audience = excluded.audience, approval = excluded.approval, approval_days = excluded.approval_days, valid_days = excluded.valid_days, notice_days = excluded.notice_days, customers_send = excluded.customers_send, watermark = excluded.watermark";
}

#[derive(sqlx::FromRow)]
struct Row {
    category: Category,
    kinds: String,
    size_limit: Option<i64>,
    publishers: String,
    audience: String,
    approval: String,
    approval_days: i64,
    valid_days: Option<i64>,
    notice_days: i64,
    customers_send: bool,
    watermark: bool,
}

impl Row {
    /// What a newer version may have written and this one does not know, is as if nobody had decided it; but a kind of
    /// file that is not known is not taken.
    fn rules(self) -> Rules {
        let usual = Rules::new(self.category);
        Rules {
            kinds: self.kinds.split(' ').filter_map(FileKind::parse).collect(),
            size_limit: self.size_limit,
            publishers: self.publishers.split(' ').filter_map(StaffRole::parse).collect(),
            audience: AUDIENCES.into_iter().find(|kind| *kind == self.audience).unwrap_or(usual.audience),
            approval: Approval::parse(&self.approval).unwrap_or(usual.approval),
            approval_days: self.approval_days,
            valid_days: self.valid_days,
            notice_days: self.notice_days,
            customers_send: self.customers_send,
            watermark: self.watermark,
            ..usual
        }
    }
}

/// The rules of every category, in the order in which these are offered.
pub async fn all(db: &Db) -> DbResult<AllRules> {
    let rows: Vec<Row> = db.all(ALL, args![]).await?;
    let known: Vec<Rules> = rows.into_iter().map(Row::rules).collect();
    let of = |category| known.iter().find(|rules| rules.category == category).cloned();
    Ok(AllRules(
        Category::ALL.into_iter().map(|category| of(category).unwrap_or_else(|| Rules::new(category))).collect(),
    ))
}

/// The rules of one category as they are now.
pub async fn of(db: &Db, category: Category) -> DbResult<Rules> {
    let row: Option<Row> = db.optional(ONE, args![category.key()]).await?;
    Ok(row.map_or_else(|| Rules::new(category), Row::rules))
}

/// Takes the rules for a change.
pub async fn lock(tx: &Tx) -> DbResult<()> {
    tx.execute(LOCK, args![]).await.map(|_| ())
}

/// Names as they are kept.
pub(super) fn kinds(rules: &Rules) -> String {
    rules.kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(" ")
}

/// Names as they are kept.
pub(super) fn publishers(rules: &Rules) -> String {
    rules.publishers.iter().map(|role| role.name()).collect::<Vec<_>>().join(" ")
}

/// Sets the rules of a category.
pub async fn set(tx: &Tx, rules: &Rules) -> DbResult<()> {
    let (kinds, publishers) = (kinds(rules), publishers(rules));
    tx.execute(
        SET,
        args![
            rules.category.key(),
            kinds,
            rules.size_limit,
            publishers,
            rules.audience,
            rules.approval.text(),
            rules.approval_days,
            rules.valid_days,
            rules.notice_days,
            rules.customers_send,
            rules.watermark
        ],
    )
    .await
    .map(|_| ())
}
