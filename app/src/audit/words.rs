//! What is written into the trail, in words. The machine's name stays beside them, and alone in exports.

use crate::i18n::Locale;

/// Every act that is recorded, by name, with the key of its words. An older one that nothing records any more may stay:
/// the trail still holds it.
const ACTS: &[(&str, &str)] = &[
    ("account.export", "act-account-export"),
    ("account.portrait", "act-account-portrait"),
    ("account.portrait_remove", "act-account-portrait-remove"),
    ("announcement.begin", "act-announcement-begin"),
    ("announcement.confirm", "act-announcement-confirm"),
    ("announcement.create", "act-announcement-create"),
    ("announcement.edit", "act-announcement-edit"),
    ("announcement.publish", "act-announcement-publish"),
    ("announcement.withdraw", "act-announcement-withdraw"),
    ("appointment.cancel", "act-appointment-cancel"),
    ("appointment.complete", "act-appointment-complete"),
    ("appointment.confirm", "act-appointment-confirm"),
    ("appointment.edit", "act-appointment-edit"),
    ("appointment.move", "act-appointment-move"),
    ("appointment.on_the_way", "act-appointment-on-the-way"),
    ("appointment.propose", "act-appointment-propose"),
    ("appointment.wish", "act-appointment-wish"),
    ("approval.approve", "act-approval-approve"),
    ("approval.ask", "act-approval-ask"),
    ("approval.certificate", "act-approval-certificate"),
    ("approval.decline", "act-approval-decline"),
    ("approval.delegate", "act-approval-delegate"),
    ("approval.export", "act-approval-export"),
    ("approval.remind", "act-approval-remind"),
    ("approval.withdraw", "act-approval-withdraw"),
    ("audit.export", "act-audit-export"),
    ("calendar.renew", "act-calendar-renew"),
    ("calendar.revoke", "act-calendar-revoke"),
    ("category.edit", "act-category-edit"),
    ("contact.create", "act-contact-create"),
    ("contact.delete", "act-contact-delete"),
    ("contact.edit", "act-contact-edit"),
    ("document.create", "act-document-create"),
    ("document.delete", "act-document-delete"),
    ("document.download", "act-document-download"),
    ("document.edit", "act-document-edit"),
    ("document.hold", "act-document-hold"),
    ("document.preview", "act-document-preview"),
    ("document.publish", "act-document-publish"),
    ("document.release", "act-document-release"),
    ("document.restore", "act-document-restore"),
    ("document.seen", "act-document-seen"),
    ("document.undo", "act-document-undo"),
    ("document.upload", "act-document-upload"),
    ("document.withdraw", "act-document-withdraw"),
    ("domain.claim", "act-domain-claim"),
    ("domain.confirm", "act-domain-confirm"),
    ("domain.remove", "act-domain-remove"),
    ("email_change.agree", "act-email-change-agree"),
    ("email_change.begin", "act-email-change-begin"),
    ("email_change.done", "act-email-change-done"),
    ("email_change.stop", "act-email-change-stop"),
    ("factor.add", "act-factor-add"),
    ("factor.codes", "act-factor-codes"),
    ("factor.recover", "act-factor-recover"),
    ("factor.refuse", "act-factor-refuse"),
    ("factor.remove", "act-factor-remove"),
    ("factor.require", "act-factor-require"),
    ("factor.reset", "act-factor-reset"),
    ("factor.suspect", "act-factor-suspect"),
    ("file.seal", "act-file-seal"),
    ("group.add", "act-group-add"),
    ("group.create", "act-group-create"),
    ("group.delete", "act-group-delete"),
    ("group.remove", "act-group-remove"),
    ("group.rename", "act-group-rename"),
    ("identity.link", "act-identity-link"),
    ("identity.unlink", "act-identity-unlink"),
    ("import.discard", "act-import-discard"),
    ("import.forget", "act-import-forget"),
    ("import.mapping", "act-import-mapping"),
    ("import.receive", "act-import-receive"),
    ("import.run", "act-import-run"),
    ("import.undo", "act-import-undo"),
    ("invitation.accept", "act-invitation-accept"),
    ("invitation.create", "act-invitation-create"),
    ("invitation.resend", "act-invitation-resend"),
    ("invitation.withdraw", "act-invitation-withdraw"),
    ("job.drop", "act-job-drop"),
    ("job.retry", "act-job-retry"),
    ("job.retry_failed", "act-job-retry-failed"),
    ("keys.rotate", "act-keys-rotate"),
    ("mail.confirm", "act-mail-confirm"),
    ("mail.problem", "act-mail-problem"),
    ("member.change", "act-member-change"),
    ("member.remove", "act-member-remove"),
    ("notification.choose", "act-notification-choose"),
    ("notification.mute", "act-notification-mute"),
    ("notification.unmute", "act-notification-unmute"),
    ("notification.unsubscribe", "act-notification-unsubscribe"),
    ("order.attach", "act-order-attach"),
    ("order.confirm", "act-order-confirm"),
    ("order.create", "act-order-create"),
    ("order.detach", "act-order-detach"),
    ("order.edit", "act-order-edit"),
    ("order.export", "act-order-export"),
    ("order.import", "act-order-import"),
    ("order.news", "act-order-news"),
    ("organisation.archive", "act-organisation-archive"),
    ("organisation.assign", "act-organisation-assign"),
    ("organisation.create", "act-organisation-create"),
    ("organisation.edit", "act-organisation-edit"),
    ("organisation.notify", "act-organisation-notify"),
    ("organisation.release", "act-organisation-release"),
    ("organisation.restore", "act-organisation-restore"),
    ("organisation.security", "act-organisation-security"),
    ("organisation.unassign", "act-organisation-unassign"),
    ("organisation.undo", "act-organisation-undo"),
    ("password_reset.ask", "act-password-reset-ask"),
    ("project.add", "act-project-add"),
    ("project.comment", "act-project-comment"),
    ("project.create", "act-project-create"),
    ("project.decision", "act-project-decision"),
    ("project.edit", "act-project-edit"),
    ("project.export", "act-project-export"),
    ("project.import", "act-project-import"),
    ("project.milestone", "act-project-milestone"),
    ("project.news", "act-project-news"),
    ("project.remove", "act-project-remove"),
    ("project.report", "act-project-report"),
    ("project.task", "act-project-task"),
    ("project.task_done", "act-project-task-done"),
    ("project.task_edit", "act-project-task-edit"),
    ("project.task_reopen", "act-project-task-reopen"),
    ("project.tasks_import", "act-project-tasks-import"),
    ("push.gone", "act-push-gone"),
    ("push.remove", "act-push-remove"),
    ("push.subscribe", "act-push-subscribe"),
    ("push_key.create", "act-push-key-create"),
    ("quarantine.hold", "act-quarantine-hold"),
    ("quarantine.release", "act-quarantine-release"),
    ("quarantine.scan", "act-quarantine-scan"),
    ("request.accept", "act-request-accept"),
    ("request.answer", "act-request-answer"),
    ("request.ask", "act-request-ask"),
    ("request.fix", "act-request-fix"),
    ("request.withdraw", "act-request-withdraw"),
    ("retention.edit", "act-retention-edit"),
    ("retention.run", "act-retention-run"),
    ("session.begin", "act-session-begin"),
    ("session.confirm", "act-session-confirm"),
    ("session.end", "act-session-end"),
    ("session.end_all", "act-session-end-all"),
    ("session.end_others", "act-session-end-others"),
    ("session.prove", "act-session-prove"),
    ("session.refuse", "act-session-refuse"),
    ("settings.edit", "act-settings-edit"),
    ("signing_key.create", "act-signing-key-create"),
    ("sso.logout", "act-sso-logout"),
    ("sso.test", "act-sso-test"),
    ("status.create", "act-status-create"),
    ("status.delete", "act-status-delete"),
    ("status.edit", "act-status-edit"),
    ("status.order", "act-status-order"),
    ("token.create", "act-token-create"),
    ("token.revoke", "act-token-revoke"),
    ("user.create", "act-user-create"),
    ("user.edit", "act-user-edit"),
    ("user.password", "act-user-password"),
    ("user.restore", "act-user-restore"),
    ("user.role", "act-user-role"),
    ("user.suspend", "act-user-suspend"),
    ("view.remove", "act-view-remove"),
    ("view.save", "act-view-save"),
    ("view_as.begin", "act-view-as-begin"),
    ("view_as.end", "act-view-as-end"),
    ("webhook.create", "act-webhook-create"),
    ("webhook.delete", "act-webhook-delete"),
    ("webhook.edit", "act-webhook-edit"),
    ("webhook.pause", "act-webhook-pause"),
    ("webhook.redeliver", "act-webhook-redeliver"),
    ("webhook.resume", "act-webhook-resume"),
    ("webhook.rotate", "act-webhook-rotate"),
    ("webhook.test", "act-webhook-test"),
];

/// What an act is called; its name, where another version of this program has recorded it.
pub fn words(locale: Locale, action: &str) -> String {
    let known = ACTS.iter().find(|(name, _)| *name == action);
    known.map_or_else(|| action.to_owned(), |(_, key)| locale.t(key).to_owned())
}

/// Every act, in the order of its words: the name and what it is called.
pub fn all(locale: Locale) -> Vec<(&'static str, &'static str)> {
    let mut all: Vec<_> = ACTS.iter().map(|(name, key)| (*name, locale.t(key))).collect();
    all.sort_by_key(|(_, words)| words.to_lowercase());
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::i18n::keys;

    fn sources(dir: &Path, code: &mut String) {
        for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                sources(&path, code);
            } else if path.extension().is_some_and(|e| e == "rs") {
                code.push_str(&std::fs::read_to_string(&path).unwrap_or_default());
            }
        }
    }

    #[test]
    fn every_act_that_the_code_records_has_words() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut code = String::new();
        sources(&root.join("src"), &mut code);
        sources(&root.join("../server/src"), &mut code);
        // In two parts, or this line would be found as well.
        let recorded: Vec<&str> = code.split(concat!("Event::", "new(")).skip(1).map(str::trim_start).collect();
        assert!(recorded.len() > 50, "only {} found", recorded.len());
        let mut wordless = BTreeSet::new();
        for rest in recorded {
            let name = rest.strip_prefix('"').and_then(|rest| rest.split('"').next());
            let name = name.unwrap_or_else(|| {
                panic!("name the act where it is recorded: {}", rest.lines().next().unwrap_or_default())
            });
            if !ACTS.iter().any(|(known, _)| *known == name) {
                wordless.insert(name);
            }
        }
        assert!(wordless.is_empty(), "acts without words in audit/words.rs and acts.ftl: {wordless:?}");
    }

    #[test]
    fn every_act_has_words_of_its_own_in_every_language() {
        let names: Vec<&str> = ACTS.iter().map(|(name, _)| *name).collect();
        assert!(names.is_sorted() && names.iter().collect::<BTreeSet<_>>().len() == names.len(), "sorted, each once");
        for locale in Locale::ALL {
            let mut seen = BTreeSet::new();
            for (name, key) in ACTS {
                assert!(keys(locale).contains(*key), "{}: {name} has no words", locale.tag());
                assert!(seen.insert(locale.t(key)), "{}: {name} is called like another act", locale.tag());
            }
            assert_eq!(all(locale).len(), ACTS.len());
        }
    }

    #[test]
    fn what_is_not_known_keeps_its_name() {
        assert_eq!(words(Locale::De, "document.publish"), "Dokument veröffentlicht");
        assert_eq!(words(Locale::De, "rocket.launch"), "rocket.launch");
    }
}
