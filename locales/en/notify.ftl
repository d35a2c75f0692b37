# What people are told by mail, how soon, and how to have no more of it.
account-tab-notifications = Notifications
notify-meta = What you are told, and when. The bell always shows everything.
notify-at-once = At once
notify-daily = Daily summary
notify-weekly = Weekly summary
notify-off = Bell only
notify-usual = { $cadence } (usual)
notify-usual-organisation = { $cadence } (organisation)
notify-usual-portal = { $cadence } (portal)
notify-what = What you are told
notify-column-kind = What happens
notify-column-mail = By mail
notify-column-push = On my devices
notify-mail-about = Mail about: { $kind }
notify-push-about = On my devices: { $kind }
notify-safety = What concerns the safety of your sign-in is always mailed at once.
notify-always = Always, at once
notify-when = When mails come
notify-digest-hour = Time of the summary
notify-zone = By the clock of { $zone }, as in your profile.
notify-digest-weekday = Day of the weekly summary
notify-quiet-from = Quiet from
notify-quiet-to = Quiet until
notify-quiet-none = No quiet hours
notify-quiet-hint = What comes in quiet hours is mailed when they end.
notify-weekends = Mails at weekends too
notify-weekends-hint = Without this, what comes on Saturday and Sunday is mailed on Monday.
notify-save = Save
notify-saved = Saved. What was waiting follows it.
notify-monday = Monday
notify-tuesday = Tuesday
notify-wednesday = Wednesday
notify-thursday = Thursday
notify-friday = Friday
notify-saturday = Saturday
notify-sunday = Sunday
notify-error-hour = Choose one from the list.
notify-error-quiet = Quiet hours need an end that differs from their beginning.
notify-error-quiet-half = Choose both, when it begins and when it ends, or neither.
notify-error-changed = This was changed in another window meanwhile. Your choice is still here: look through it and save again.
notify-week = Last week would have been
notify-week-meta =
    With what is saved now you would have got { $mails ->
        [one] one mail
       *[other] { $mails } mails
    } in the last seven days; { $silent ->
        [0] nothing would have been for the bell alone.
        [one] one thing would have been for the bell alone.
       *[other] { $silent } things would have been for the bell alone.
    }
notify-week-empty = No mail
notify-week-empty-text = Nothing happened in the last seven days. Here you see which mails your choice would have brought.
notify-week-silent-text =
    { $count ->
        [one] One thing happened in the last seven days. The bell would have told you.
       *[other] { $count } things happened in the last seven days. The bell would have told you.
    }
notify-week-waiting-text = What happened in the last seven days is still to come, in your next summary.
notify-week-rest =
    { $count ->
        [one] and one more
       *[other] and { $count } more
    }
notify-muted-title = Customers without mails
notify-muted-text = Mails about these customers do not come to you, only what the bell shows. You choose that on the page of a customer.
notify-mute = Stop mails
notify-mute-named = Stop mails about { $name }
notify-unmute = Mails again
notify-unmute-named = Mails again about { $name }
notify-muted = You get no more mails about this customer.
notify-unmuted = You get mails about this customer again.
notify-problem-refused = Mails to { $address } do not arrive: the mail server has refused them since { $when }.
notify-problem-bounced = Mails to { $address } have come back since { $when }.
notify-problem-complained = A mail to { $address } was reported as unwanted ({ $when }).
notify-problem-text = Until you say that the address works, you get no more notifications by mail. What you ask for yourself, such as a link to sign in, and what concerns the safety of your sign-in is still sent.
notify-problem-works = The address works
notify-address-confirmed = Thank you. Mails come again from now on.
notify-problem-staff = Mails come back
notify-defaults-title = Notifications of the organisation
notify-defaults-text = This holds for everybody here who has not chosen themselves. Each of you can change it for themselves under Notifications in the account.
notify-defaults-saved = Saved. It holds for what happens from now on.
notify-defaults-link = Notifications

unsubscribe-title = Fewer mails
unsubscribe-kinds = You will get no more mails when this happens:
unsubscribe-daily = You will get no more daily summary. So far it told you of:
unsubscribe-weekly = You will get no more weekly summary. So far it told you of:
unsubscribe-note = The bell in the portal goes on showing it. You can change this again at any time.
unsubscribe-do = No more of these mails
unsubscribe-choose = Choose exactly what I am told
unsubscribe-done = You get no more of these mails.
unsubscribe-done-text = The bell in the portal goes on showing what happens.
unsubscribe-wrong = This link is not complete, or it is very old.
unsubscribe-wrong-text = Nothing was changed. Open the link from the mail again, or choose in your account what you are told.
