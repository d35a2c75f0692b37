-- A password that is long enough only together with a second factor: the last one is not removed before a longer one is
-- chosen. How long those are that were chosen beside a factor so far is not known; the next sign-in with one tells.
ALTER TABLE users ADD COLUMN password_short boolean NOT NULL DEFAULT false;
UPDATE users SET password_short = true WHERE password_hash IS NOT NULL
    AND (EXISTS (SELECT 1 FROM totp_secrets t WHERE t.user_id = users.id) OR EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = users.id));
