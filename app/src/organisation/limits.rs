//! The most that anybody but a customer's administrators sees, as staff decide. Rights are stored within it: whatever
//! gives some asks for it, and a new limit cuts what was given before. Raising it gives nothing back.

use crate::access::{Granted, Module, Rights};
use crate::db::{DbResult, Tx, args, sql};

use super::details::{Details, Edit};

/// The lesser of what a column holds and a limit.
macro_rules! least {
    ($module:literal, $limit:literal) => {
        concat!(
            "CASE WHEN ",
            $module,
            " = 'organisation' OR ",
            $limit,
            " = 'none' THEN ",
            $limit,
            " ELSE ",
            $module,
            " END"
        )
    };
}

/// Cuts the rights in the rows that have more.
macro_rules! cut {
    ($table:literal, $set:literal, $which:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET ",
            $set,
            "documents = ",
            least!("documents", "$2"),
            ", orders = ",
            least!("orders", "$3"),
            ", money = ",
            least!("money", "$4"),
            ", tickets = ",
            least!("tickets", "$5"),
            " WHERE organisation_id = $1 AND role <> 'admin' AND ",
            $which,
            "(documents <> ",
            least!("documents", "$2"),
            " OR orders <> ",
            least!("orders", "$3"),
            " OR money <> ",
            least!("money", "$4"),
            " OR tickets <> ",
            least!("tickets", "$5"),
            ")"
        )
    };
}

sql! {
    SET = "UPDATE organisations SET limit_documents = $2, limit_orders = $3, limit_money = $4, limit_tickets = $5 WHERE id = $1";
    /// Whoever is suspended too: they have no more when they are back.
    CUT_MEMBERS = cut!("memberships", "revision = revision + 1, ", "");
    CUT_INVITATIONS = cut!("invitations", "", "state = 'open' AND ");
}

/// Sets the limits and cuts what people and open invitations have beyond them: how many people see less from here on.
/// The row of the organisation is written first, so that whoever locks it to give rights waits and finds the new limits.
pub(super) async fn set(tx: &Tx, granted: &Granted<Edit, Details>, limits: Rights) -> DbResult<u64> {
    let id = granted.row().id;
    let [documents, orders, money, tickets] = Module::ALL.map(|module| limits.of(module).name());
    tx.execute(SET, args![id, documents, orders, money, tickets]).await?;
    tx.execute(CUT_INVITATIONS, args![id, documents, orders, money, tickets]).await?;
    tx.execute(CUT_MEMBERS, args![id, documents, orders, money, tickets]).await
}
