//! Acts on approvals as types. What they are asked about is the document.

use crate::access::{Act, Action};
use crate::documents::model::Document;

/// Ask for an approval, remind, take it back.
#[derive(Debug)]
pub struct Ask;

impl Act<Document> for Ask {
    fn action(row: &Document) -> Action {
        Action::ApprovalAsk(row.topic)
    }
}

/// Have a certificate of what was decided.
#[derive(Debug)]
pub struct Certify;

impl Act<Document> for Certify {
    fn action(row: &Document) -> Action {
        Action::ApprovalCertificate(row.topic)
    }
}

/// Approve or decline.
#[derive(Debug)]
pub struct Decide;

impl Act<Document> for Decide {
    fn action(row: &Document) -> Action {
        Action::ApprovalDecide(row.topic)
    }
}
