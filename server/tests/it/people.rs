//! Suspending, restoring and giving roles: what an administrator and the operator at the machine do with logins.

use app::access::StaffRole;
use app::error::AppError;
use app::ids::UserId;
use app::people;

use crate::support::{TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";
const BEN: &str = "ben@acme.example";

both! {
    async fn whoever_is_suspended_is_out_at_once_and_comes_back_with_what_they_had(app: TestApp) {
        let admin = app.ctx(ADMIN).await;
        let mut ben = app.browser(BEN).await;
        let token = app.token(BEN).await;
        people::suspend(&admin, app.user(BEN)).await.unwrap();
        people::suspend(&admin, app.user(BEN)).await.unwrap();
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'user.suspend'").await, 1, "once is enough");
        assert_eq!(ben.get("/").await.status, 303);
        assert_eq!(token.get("/api/v1/me").await.status, 401);
        let again = app.visitor().post("/_fn/sign_in/sign_in", &[("email", BEN), ("password", "a long demo password")]).await;
        assert_eq!(again.location(), "/sign-in");
        people::restore(&admin, app.user(BEN)).await.unwrap();
        assert_eq!(token.get("/api/v1/me").await.status, 200);
        assert_eq!(ben.get("/").await.status, 303, "the session has ended for good");
        assert_eq!(app.browser(BEN).await.get("/").await.status, 200);
    }

    async fn whoever_is_suspended_or_restored_is_told_once(app: TestApp) {
        let admin = app.ctx(ADMIN).await;
        app.sql("UPDATE users SET locale = 'de' WHERE email = 'ben@acme.example'").await;
        for _ in 0..2 {
            people::suspend(&admin, app.user(BEN)).await.unwrap();
        }
        let mails = app.mails_to(BEN).await;
        assert_eq!(mails.iter().map(|mail| mail.subject.as_str()).collect::<Vec<_>>(), ["Ihre Anmeldung wurde gesperrt"]);
        assert!(mails[0].text.contains("am 21. Nov. 2026, 13:00 gesperrt"), "{}", mails[0].text);
        assert!(!mails[0].text.contains("Portal öffnen"), "there is no way in to offer");
        for _ in 0..2 {
            people::restore(&admin, app.user(BEN)).await.unwrap();
        }
        let mails = app.mails_to(BEN).await;
        assert_eq!((mails.len(), mails[1].subject.as_str()), (2, "Sie können sich wieder anmelden"));
        assert_eq!(mails[1].path(), "/sign-in");
    }

    async fn only_administrators_suspend_and_nobody_themselves(app: TestApp) {
        let (admin, pm, ben) = (app.ctx(ADMIN).await, app.ctx(PM).await, app.ctx(BEN).await);
        for ctx in [&pm, &ben] {
            assert!(matches!(people::suspend(ctx, app.user("dirk@borealis.example")).await, Err(AppError::Forbidden)));
            assert!(matches!(people::restore(ctx, app.user(BEN)).await, Err(AppError::Forbidden)));
            assert!(matches!(people::sign_out(ctx, app.user(ADMIN)).await, Err(AppError::Forbidden)));
        }
        assert!(matches!(people::suspend(&admin, app.user(ADMIN)).await, Err(AppError::Conflict(_))));
        assert!(matches!(people::suspend(&admin, UserId::new()).await, Err(AppError::NotFound)));
        assert!(matches!(people::set_staff_role(&admin, app.user(BEN), StaffRole::Sales).await, Err(AppError::Invalid(_))));
        assert!(matches!(people::set_staff_role(&admin, app.user(ADMIN), StaffRole::Sales).await, Err(AppError::Conflict(_))));
    }

    async fn two_administrators_who_suspend_each_other_at_once_do_not_both_succeed(app: TestApp) {
        people::set_staff_role(&app.ctx(ADMIN).await, app.user(PM), StaffRole::Administrator).await.unwrap();
        let (one, two) = (app.ctx(ADMIN).await, app.ctx(PM).await);
        let (a, b) = tokio::join!(people::suspend(&one, app.user(PM)), people::suspend(&two, app.user(ADMIN)));
        assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
        assert_eq!(app.count("SELECT COUNT(*) FROM users WHERE staff_role = 'administrator' AND state = 'active'").await, 1);
    }

    async fn a_demotion_holds_from_the_next_request(app: TestApp) {
        let admin = app.ctx(ADMIN).await;
        let mut pm = app.browser(PM).await;
        assert_eq!(pm.get("/staff/documents/new").await.status, 200);
        people::set_staff_role(&admin, app.user(PM), StaffRole::Management).await.unwrap();
        assert_eq!(pm.get("/staff/documents/new").await.status, 403);
        assert_eq!(people::sign_out(&admin, app.user(PM)).await.unwrap(), 1);
        assert_eq!(pm.get("/staff").await.status, 303);
    }

    async fn a_new_password_ends_all_sessions_and_their_rows(app: TestApp) {
        let mut ben = app.browser(BEN).await;
        let ctx = app.ctx(ADMIN).await;
        let hash = app::sign_in::password::hash("correct horse battery").await.unwrap();
        let tx = ctx.db.begin().await.unwrap();
        people::set_password(&tx, &ctx, app.user(BEN), &hash).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(ben.get("/").await.status, 303);
        assert_eq!(app.count("SELECT COUNT(*) FROM sessions WHERE user_id IS NOT NULL AND ended_at IS NULL").await, 0);
    }
}
