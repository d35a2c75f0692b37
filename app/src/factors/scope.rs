//! What somebody should put right about how they sign in, in SQL: branches of the inbox (`home/scope.rs` says what their
//! columns are). It is theirs and no customer's, so it stands in the list of each of their organisations.

/// The columns of a branch about the person's own sign-in, from membership `m`.
macro_rules! step {
    ($kind:literal, $id:literal, $title:literal, $number:literal, $since:literal) => {
        concat!(
            "SELECT '",
            $kind,
            "' AS kind, ",
            $id,
            " AS id, m.organisation_id, m.user_id AS subject_id, ",
            $title,
            " AS title, '' AS by_name, '' AS note, ",
            $number,
            " AS number, CAST(NULL AS TEXT) AS due_on, CAST(NULL AS BIGINT) AS due_at, ",
            $since,
            " AS since "
        )
    };
}

/// Whoever administers a customer with a password alone; few or no recovery codes; a passkey that may have been copied.
/// Where a second factor is required nobody comes as far as their inbox without one.
macro_rules! waiting {
    () => {
        concat!(
            $crate::factors::scope::step!("factor", "m.user_id", "''", "CAST(0 AS BIGINT)", "m.created_at"),
            "FROM memberships m JOIN organisations o ON o.id = m.organisation_id WHERE m.user_id = $1 AND m.state = 'active' AND m.role = 'admin' AND NOT o.only_sso \
             AND NOT EXISTS (SELECT 1 FROM totp_secrets t WHERE t.user_id = $1) AND NOT EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = $1) UNION ALL ",
            $crate::factors::scope::step!("codes", "m.user_id", "''", "c.unused", "m.created_at"),
            "FROM memberships m CROSS JOIN (SELECT COUNT(*) AS unused FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL) c WHERE m.user_id = $1 AND m.state = 'active' AND c.unused < 3 \
             AND (EXISTS (SELECT 1 FROM totp_secrets t WHERE t.user_id = $1) OR EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = $1)) UNION ALL ",
            $crate::factors::scope::step!("passkey", "p.id", "p.name", "CAST(0 AS BIGINT)", "p.suspected_at"),
            "FROM passkeys p JOIN memberships m ON m.user_id = p.user_id AND m.state = 'active' WHERE p.user_id = $1 AND p.suspected_at IS NOT NULL"
        )
    };
}

pub(crate) use {step, waiting};
