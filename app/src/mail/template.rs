//! The letters there are. What each says stands in `locales/*/mail.ftl`.

use crate::links::Purpose;

/// A kind of letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// What has come together within a few minutes, line by line.
    Notifications,
    /// What has come together since the last one, `daily` or `weekly`, line by line.
    Digest,
    /// Approve a version of a document, or decline; `again` about a new one.
    ApprovalAsked,
    /// Decide, because the time to do so ends or is over.
    ApprovalReminder,
    /// What came of an approval; to whoever asked for it.
    ApprovalOver,
    /// Send a file: `asked`, `fix`, `soon` or `late`.
    FileRequested,
    /// A file has come that was asked for; to whoever asked.
    FileSent,
    /// An appointment: `proposed`, `moved`, `confirmed`, `retimed`, `changed`, `cancelled`, `on_the_way`, `wished` or
    /// `reminder`.
    Appointment,
    /// Files have come that nobody asked for; to whoever is assigned to the customer.
    FilesArrived,
    /// Something is to do in a project: `asked`, `someday` (asked without a day), `soon` or `late`.
    TaskWaits,
    /// A document ends soon, or has ended; to whoever is responsible for it.
    DocumentEnds,
    /// A virus scanner holds an uploaded file; to whoever uploaded it.
    FileHeld,
    /// A file of the watched place was not imported; to whoever may import.
    ImportFailed,
    /// An endpoint was paused: `failing` or `gone`; to whoever made it.
    WebhookPaused,
    /// Join an organisation, or the staff.
    Invitation,
    /// Join one more organisation with the sign-in one has.
    InvitationToMember,
    /// Choose a new password.
    PasswordReset,
    /// Confirm at the new address that it is one's own.
    EmailConfirm,
    /// Agree at the old address to the new one, or stop it.
    EmailAgree,
    /// The address has changed; to the old one and to the new one.
    EmailChanged,
    /// Sign in without a password.
    SignInLink,
    /// The password has changed.
    PasswordChanged,
    /// A second factor was added: `totp`, `passkey` or `recovery_codes`.
    FactorAdded,
    /// A second factor was taken away.
    FactorRemoved,
    /// Somebody else took all second factors away, because they were lost.
    FactorReset,
    /// A recovery code was used up.
    RecoveryCodeUsed,
    /// Somebody signed in with a device that was not seen before.
    SignInFromNewDevice,
    /// An API token was made.
    TokenCreated,
    /// A membership is another now: `added`, `role`, `rights`, `suspended`, `restored` or `removed`.
    MembershipChanged,
    /// The sign-in was suspended.
    Suspended,
    /// A suspended sign-in was restored.
    Restored,
    /// A passkey was blocked, because somebody may have a copy of it.
    PasskeyBlocked,
}

/// Why letters about somebody's sign-in come.
const SAFETY: &str = "mail-why-safety";

/// Keys of the texts of a letter.
pub(super) struct Texts {
    pub subject: &'static str,
    /// Paragraphs, with an empty line between.
    pub text: &'static str,
    pub button: &'static str,
    /// Why it came, in the small print.
    pub why: &'static str,
}

const fn texts(subject: &'static str, text: &'static str, button: &'static str, why: &'static str) -> Texts {
    Texts { subject, text, button, why }
}

impl Template {
    /// Every letter.
    pub const ALL: [Self; 32] = [
        Self::Notifications,
        Self::Digest,
        Self::ApprovalAsked,
        Self::ApprovalReminder,
        Self::ApprovalOver,
        Self::FileRequested,
        Self::FileSent,
        Self::Appointment,
        Self::FilesArrived,
        Self::TaskWaits,
        Self::DocumentEnds,
        Self::FileHeld,
        Self::ImportFailed,
        Self::WebhookPaused,
        Self::Invitation,
        Self::InvitationToMember,
        Self::PasswordReset,
        Self::EmailConfirm,
        Self::EmailAgree,
        Self::EmailChanged,
        Self::SignInLink,
        Self::PasswordChanged,
        Self::FactorAdded,
        Self::FactorRemoved,
        Self::FactorReset,
        Self::RecoveryCodeUsed,
        Self::SignInFromNewDevice,
        Self::TokenCreated,
        Self::MembershipChanged,
        Self::Suspended,
        Self::Restored,
        Self::PasskeyBlocked,
    ];

    /// The name in the queue and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Notifications => "notifications",
            Self::Digest => "digest",
            Self::ApprovalAsked => "approval_asked",
            Self::ApprovalReminder => "approval_reminder",
            Self::ApprovalOver => "approval_over",
            Self::FileRequested => "file_requested",
            Self::FileSent => "file_sent",
            Self::Appointment => "appointment",
            Self::FilesArrived => "files_arrived",
            Self::TaskWaits => "task_waits",
            Self::DocumentEnds => "document_ends",
            Self::FileHeld => "file_held",
            Self::ImportFailed => "import_failed",
            Self::WebhookPaused => "webhook_paused",
            Self::Invitation => "invitation",
            Self::InvitationToMember => "invitation_to_member",
            Self::PasswordReset => "password_reset",
            Self::EmailConfirm => "email_confirm",
            Self::EmailAgree => "email_agree",
            Self::EmailChanged => "email_changed",
            Self::SignInLink => "sign_in_link",
            Self::PasswordChanged => "password_changed",
            Self::FactorAdded => "factor_added",
            Self::FactorRemoved => "factor_removed",
            Self::FactorReset => "factor_reset",
            Self::RecoveryCodeUsed => "recovery_code_used",
            Self::SignInFromNewDevice => "sign_in_from_new_device",
            Self::TokenCreated => "token_created",
            Self::MembershipChanged => "membership_changed",
            Self::Suspended => "suspended",
            Self::Restored => "restored",
            Self::PasskeyBlocked => "passkey_blocked",
        }
    }

    /// The letter with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|template| template.name() == name)
    }

    /// The values its text needs. Every text may also use `name`, `portal`, `at` (when it was written), and, where its
    /// link runs out, `minutes`, `hours` and `days`.
    pub const fn needs(self) -> &'static [&'static str] {
        match self {
            Self::Notifications => &["title", "lines", "others"],
            Self::Digest => &["lines", "cadence"],
            Self::ApprovalAsked => &["inviter", "title", "version", "due", "again"],
            Self::ApprovalReminder => &["inviter", "title", "due", "late"],
            Self::ApprovalOver => &["inviter", "title", "organisation", "version", "outcome"],
            Self::FileRequested => &["inviter", "title", "due", "why"],
            Self::FileSent => &["inviter", "title", "organisation"],
            Self::Appointment => &["inviter", "title", "organisation", "what", "when", "placed", "place"],
            Self::FilesArrived => &["inviter", "title", "organisation", "several", "count"],
            Self::TaskWaits => &["title", "project", "due", "why"],
            Self::DocumentEnds => &["title", "organisation", "until", "late"],
            Self::FileHeld => &["title", "file", "scan", "finding"],
            Self::ImportFailed => &["file", "rejected"],
            Self::WebhookPaused => &["title", "why"],
            Self::Invitation | Self::InvitationToMember => &["inviter", "organisation"],
            Self::EmailAgree | Self::EmailChanged => &["address"],
            Self::FactorAdded | Self::FactorRemoved => &["factor"],
            Self::RecoveryCodeUsed => &["left"],
            Self::SignInFromNewDevice => &["device"],
            Self::TokenCreated => &["token"],
            Self::PasskeyBlocked => &["passkey"],
            Self::MembershipChanged => &["organisation", "change"],
            Self::PasswordReset
            | Self::EmailConfirm
            | Self::SignInLink
            | Self::PasswordChanged
            | Self::FactorReset
            | Self::Suspended
            | Self::Restored => &[],
        }
    }

    /// What the link of its button is for, if it has one.
    pub const fn purpose(self) -> Option<Purpose> {
        match self {
            Self::Invitation | Self::InvitationToMember => Some(Purpose::Invitation),
            Self::PasswordReset => Some(Purpose::PasswordReset),
            Self::EmailConfirm => Some(Purpose::EmailConfirm),
            Self::EmailAgree => Some(Purpose::EmailAgree),
            Self::SignInLink => Some(Purpose::SignIn),
            _ => None,
        }
    }

    /// Whether it says something about the safety of a sign-in: such a letter is tried whatever came back before.
    pub fn is_about_safety(self) -> bool {
        self.texts().why == SAFETY
    }

    pub(super) const fn texts(self) -> Texts {
        let account = "mail-button-account";
        let safety = SAFETY;
        match self {
            Self::Notifications => texts("mail-news-subject", "mail-news-text", "mail-news-button", "mail-why-member"),
            Self::Digest => texts("mail-digest-subject", "mail-digest-text", "mail-news-button", "mail-why-member"),
            Self::ApprovalAsked => {
                texts("mail-approval-subject", "mail-approval-text", "mail-approval-button", "mail-why-member")
            }
            Self::ApprovalReminder => {
                texts("mail-reminder-subject", "mail-reminder-text", "mail-approval-button", "mail-why-member")
            }
            Self::ApprovalOver => {
                texts("mail-outcome-subject", "mail-outcome-text", "mail-outcome-button", "mail-why-member")
            }
            Self::FileRequested => {
                texts("mail-request-subject", "mail-request-text", "mail-request-button", "mail-why-member")
            }
            Self::FileSent => texts("mail-sent-subject", "mail-sent-text", "mail-sent-button", "mail-why-member"),
            Self::Appointment => {
                texts("mail-appointment-subject", "mail-appointment-text", "mail-appointment-button", "mail-why-member")
            }
            Self::FilesArrived => {
                texts("mail-arrived-subject", "mail-arrived-text", "mail-sent-button", "mail-why-member")
            }
            Self::TaskWaits => texts("mail-task-subject", "mail-task-text", "mail-task-button", "mail-why-member"),
            Self::DocumentEnds => {
                texts("mail-ends-subject", "mail-ends-text", "mail-outcome-button", "mail-why-member")
            }
            Self::FileHeld => texts("mail-held-subject", "mail-held-text", "mail-held-button", "mail-why-uploaded"),
            Self::ImportFailed => {
                texts("mail-import-subject", "mail-import-text", "mail-import-button", "mail-why-member")
            }
            Self::WebhookPaused => {
                texts("mail-webhook-subject", "mail-webhook-text", "mail-webhook-button", "mail-why-member")
            }
            Self::Invitation => {
                texts("mail-invitation-subject", "mail-invitation-text", "mail-invitation-button", "mail-why-invited")
            }
            Self::InvitationToMember => {
                texts("mail-member-subject", "mail-member-text", "mail-member-button", "mail-why-invited")
            }
            Self::PasswordReset => {
                texts("mail-reset-subject", "mail-reset-text", "mail-reset-button", "mail-why-asked")
            }
            Self::EmailConfirm => {
                texts("mail-confirm-subject", "mail-confirm-text", "mail-confirm-button", "mail-why-asked")
            }
            Self::EmailAgree => texts("mail-agree-subject", "mail-agree-text", "mail-agree-button", safety),
            Self::EmailChanged => texts("mail-changed-subject", "mail-changed-text", account, safety),
            Self::SignInLink => {
                texts("mail-sign-in-subject", "mail-sign-in-text", "mail-sign-in-button", "mail-why-asked")
            }
            Self::PasswordChanged => texts("mail-password-subject", "mail-password-text", account, safety),
            Self::FactorAdded => texts("mail-factor-added-subject", "mail-factor-added-text", account, safety),
            Self::FactorRemoved => texts("mail-factor-removed-subject", "mail-factor-removed-text", account, safety),
            Self::FactorReset => texts("mail-factor-reset-subject", "mail-factor-reset-text", account, safety),
            Self::RecoveryCodeUsed => texts("mail-recovery-subject", "mail-recovery-text", account, safety),
            Self::SignInFromNewDevice => texts("mail-device-subject", "mail-device-text", account, safety),
            Self::TokenCreated => texts("mail-token-subject", "mail-token-text", account, safety),
            Self::MembershipChanged => {
                texts("mail-membership-subject", "mail-membership-text", "mail-button-portal", "mail-why-member")
            }
            Self::Suspended => {
                texts("mail-suspended-subject", "mail-suspended-text", "mail-button-portal", "mail-why-member")
            }
            Self::Restored => {
                texts("mail-restored-subject", "mail-restored-text", "mail-button-portal", "mail-why-member")
            }
            Self::PasskeyBlocked => texts("mail-passkey-blocked-subject", "mail-passkey-blocked-text", account, safety),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Template;

    #[test]
    fn every_name_finds_its_letter() {
        for template in Template::ALL {
            assert_eq!(Template::parse(template.name()), Some(template));
        }
        assert_eq!(Template::parse("nonsense"), None);
    }

    #[test]
    fn a_letter_is_about_safety_or_not() {
        for template in [Template::PasswordChanged, Template::FactorReset, Template::PasskeyBlocked] {
            assert!(template.is_about_safety(), "{}", template.name());
        }
        for template in [Template::Notifications, Template::FileHeld, Template::MembershipChanged] {
            assert!(!template.is_about_safety(), "{}", template.name());
        }
    }
}
