# Mails. An empty line separates paragraphs.
mail-greeting = Hello { $name },
mail-greeting-nobody = Hello,
mail-message-from = { $inviter } writes:
mail-link-instead = If the button does not work, copy this address into your browser:
mail-no-replies = { $portal } sent this mail automatically. Replies are not read.
mail-button-account = Check my account
mail-button-portal = Open the portal
mail-why-invited = You get this mail because somebody invited this address. If you do not know what it is about, ignore it: nothing happens.
mail-why-asked = You get this mail because somebody asked for it at { $portal }. If that was not you, ignore it: nothing changes.
mail-why-safety = You get this mail because it concerns the safety of your sign-in. It cannot be switched off.
mail-why-member = You get this mail because you have a sign-in at { $portal }.

mail-invitation-subject = { $inviter } invites you to { $organisation } at { $portal }
mail-invitation-text =
    { $inviter } invites you to the portal of { $portal }, where you work for { $organisation }.

    The button leads to a page where you choose how you sign in. The invitation holds for { $days } days.
mail-invitation-button = See the invitation

mail-member-subject = { $inviter } invites you to { $organisation } as well
mail-member-text =
    { $inviter } invites you to { $organisation } at { $portal }. You keep your sign-in and can change between your organisations.

    The invitation holds for { $days } days.
mail-member-button = See the invitation

mail-reset-subject = Choose a new password for { $portal }
mail-reset-text =
    Somebody asked for a new password for your sign-in at { $portal }. If that was you, choose one now.

    The link works once, within { $minutes } minutes. Your old password stays valid until then.
mail-reset-button = Choose a new password

mail-confirm-subject = Confirm your new address for { $portal }
mail-confirm-text =
    This address is to become the sign-in address of your account at { $portal }. Please confirm that it is yours.

    The link works once, within { $hours } hours.
mail-confirm-button = Confirm this address

mail-agree-subject = Your sign-in address is to change
mail-agree-text =
    The sign-in address of your account at { $portal } is to change to { $address }.

    If you want that, agree on the page behind the button. If you did not ask for it, stop it there and choose a new password at once. Without your answer nothing changes.
mail-agree-button = See the change

mail-changed-subject = Your sign-in address has changed
mail-changed-text =
    You now sign in to { $portal } with { $address }. It was changed on { $at }.

    If that was not you, tell your contact at { $portal } at once.

mail-sign-in-subject = Your sign-in link for { $portal }
mail-sign-in-text =
    With this link you sign in to { $portal } without a password.

    It works once, within { $minutes } minutes, in the browser where you open it. Do not pass it on.
mail-sign-in-button = Sign in

mail-password-subject = Your password has changed
mail-password-text =
    Your password for { $portal } was changed on { $at }. All your other sessions have ended.

    If that was not you, have a new password mailed to you on the sign-in page and tell your contact at { $portal }.

mail-factor-added-subject = A way to confirm your sign-in was added
mail-factor-added-text =
    { $factor ->
        [totp] An authenticator app was added to your sign-in at { $portal } on { $at }.
        [recovery_codes] New recovery codes were made for your sign-in at { $portal } on { $at }. Older ones do not work any more.
       *[passkey] A passkey was added to your sign-in at { $portal } on { $at }.
    }

    If that was not you, choose a new password at once and look through your account.

mail-factor-removed-subject = A way to confirm your sign-in was removed
mail-factor-removed-text =
    { $factor ->
        [totp] The authenticator app was removed from your sign-in at { $portal } on { $at }.
        [recovery_codes] The recovery codes of your sign-in at { $portal } were removed on { $at }.
       *[passkey] A passkey was removed from your sign-in at { $portal } on { $at }.
    }

    If that was not you, choose a new password at once and look through your account.

mail-factor-reset-subject = Your second factor was reset
mail-factor-reset-text =
    Somebody responsible for { $portal } removed the second factors of your sign-in on { $at }, because they were reported lost. Your sessions have ended.

    The next time you sign in, set up a new one. If you did not ask for this, tell your contact at { $portal } at once.

mail-recovery-subject = A recovery code was used
mail-recovery-text =
    Somebody signed in to { $portal } with one of your recovery codes on { $at }. { $left ->
        [0] That was the last one: make new ones now.
        [one] One is left: make new ones.
       *[other] { $left } are left.
    }

    If that was not you, choose a new password at once and look through your account.

mail-device-subject = A new device signed in
mail-device-text =
    Somebody signed in to { $portal } as you on { $at }, with a device that we had not seen before: { $device }.

    If that was you, there is nothing to do. If not, choose a new password at once and end that session.

mail-token-subject = An API token was made
mail-token-text =
    The API token "{ $token }" was made for your sign-in at { $portal } on { $at }. Programs that hold it act in your name.

    If that was not you, revoke it at once and choose a new password.

mail-membership-subject = Your access to { $organisation } has changed
mail-membership-text =
    { $change ->
        [added] You now belong to { $organisation } at { $portal }.
        [role] You have another role in { $organisation } at { $portal }.
        [suspended] Your access to { $organisation } at { $portal } was suspended.
        [restored] You have access to { $organisation } at { $portal } again.
        [removed] You do not belong to { $organisation } at { $portal } any more.
        [project_off] You do not work on one of the projects of { $organisation } at { $portal } any more.
       *[rights] What you see of { $organisation } at { $portal } has changed.
    }

    If you have questions about it, ask the administrators of your organisation.

mail-suspended-subject = Your sign-in was suspended
mail-suspended-text =
    Your sign-in at { $portal } was suspended on { $at }. You cannot sign in until it is restored.

    If you do not know why, ask your contact at { $portal }.

mail-restored-subject = You can sign in again
mail-restored-text =
    Your sign-in at { $portal } was restored on { $at }. Everything is as it was before.

    You sign in as always. If you do not remember how, have a new password mailed to you on the sign-in page.

mail-passkey-blocked-subject = A passkey of yours was blocked
mail-passkey-blocked-text =
    Your passkey "{ $passkey }" for { $portal } was blocked on { $at }. It was used in a way that happens when somebody else has a copy of it. It opens nothing any more.

    Remove it from your account and add a new one. If you have no other way in, tell your contact at { $portal }.

mail-approval-button = See the document
mail-approval-subject = Please approve: { $title }
mail-approval-text =
    { $again ->
        [yes] There is a new version of "{ $title }" at { $portal }. What was said about the one before does not count any more, so { $inviter } asks you again: please look at version { $version }.
        [next] Whoever decides before you has approved "{ $title }", version { $version }, at { $portal }. Now it is your turn.
        [delegated] { $inviter } asks you to decide in their place about "{ $title }", version { $version }, at { $portal }.
       *[no] { $inviter } asks you to approve "{ $title }", version { $version }, at { $portal }.
    }

    Please approve or decline by { $due }.

mail-reminder-subject = Reminder: { $title }
mail-reminder-text =
    { $late ->
        [yes] { $inviter } is still waiting for your decision about "{ $title }" at { $portal }. It was due on { $due }.
       *[no] { $inviter } is waiting for your decision about "{ $title }" at { $portal }, by { $due }.
    }

mail-outcome-button = Open the document
mail-outcome-subject =
    { $outcome ->
        [approved] Approved: { $title }
       *[declined] Declined: { $title }
    }
mail-outcome-text =
    { $outcome ->
        [approved] { $organisation } has approved version { $version } of "{ $title }". The last to decide was { $inviter }.
       *[declined] { $organisation } has declined version { $version } of "{ $title }". The last to decide was { $inviter }.
    }

mail-held-button = Open the document
mail-held-subject =
    { $scan ->
        [infected] Held back: { $file }
       *[too_large] Could not be checked: { $file }
    }
mail-held-text =
    { $scan ->
        [infected] The file "{ $file }", which you uploaded to "{ $title }", is held back: the virus scanner found { $finding } in it. Nobody can open it.
       *[too_large] The file "{ $file }", which you uploaded to "{ $title }", is too large for the virus scanner. Nobody can open it until an administrator releases it.
    }
mail-why-uploaded = You get this mail because you uploaded the file at { $portal }.

mail-import-button = See what is wrong
mail-import-subject = Not imported: { $file }
mail-import-text =
    { $rejected ->
        [0] The file "{ $file }", which lay ready to be imported, could not be read or taken in. Nothing of it was imported.
        [one] A row of the file "{ $file }", which lay ready to be imported, is wrong. Nothing of it was imported.
       *[other] { $rejected } rows of the file "{ $file }", which lay ready to be imported, are wrong. Nothing of it was imported.
    }

    The button leads to the reasons. Correct the file and put it into its folder again, or import it by hand.

mail-ends-subject =
    { $late ->
        [yes] Has ended: { $title }
       *[no] Ends { $until }: { $title }
    }
mail-ends-text =
    { $late ->
        [yes] "{ $title }" for { $organisation } was valid until { $until }. Upload a new version, move the end, or withdraw it.
       *[no] "{ $title }" for { $organisation } is valid until { $until }. Upload a new version, move the end, or withdraw it in time.
    }

mail-request-button = Send the file
mail-request-subject =
    { $why ->
        [fix] Please put right: { $title }
        [soon] Until { $due }: { $title }
        [late] Overdue since { $due }: { $title }
       *[asked] Please send: { $title }
    }
mail-request-text =
    { $why ->
        [fix] { $inviter } has looked at "{ $title }" and asks you to put something right, until { $due }.
        [soon] { $inviter } asks you for "{ $title }" until { $due }. Nothing has come yet.
        [late] { $inviter } asked you for "{ $title }" until { $due }. Nothing has come yet.
       *[asked] { $inviter } asks you to send "{ $title }" until { $due }. The button leads to where you upload it.
    }
mail-sent-button = Look at it
mail-sent-subject = { $organisation } has sent: { $title }
mail-sent-text = { $inviter } has sent "{ $title }" for { $organisation }. Accept it, or say what is to be put right.
mail-arrived-subject =
    { $several ->
        [yes] { $organisation } has sent { $count } files
       *[no] { $organisation } has sent: { $title }
    }
mail-arrived-text =
    { $several ->
        [yes] { $inviter } has sent { $count } files for { $organisation }. Nobody had asked for them; have a look.
       *[no] { $inviter } has sent "{ $title }" for { $organisation }. Nobody had asked for it; have a look.
    }
mail-task-button = See the task
mail-task-subject =
    { $why ->
        [soon] Until { $due }: { $title }
        [late] Overdue since { $due }: { $title }
       *[asked] For you to do: { $title }
    }
mail-task-text =
    { $why ->
        [soon] In the project "{ $project }" this is still to do, until { $due }: { $title }. Tick it off when it is done.
        [late] In the project "{ $project }" this should have been done by { $due }: { $title }. Tick it off if it is done, or say in a comment when it will be.
        [someday] In the project "{ $project }" there is something for you to do: { $title }. Tick it off when it is done.
       *[asked] In the project "{ $project }" there is something for you to do until { $due }: { $title }. Tick it off when it is done.
    }

mail-appointment-button = Open the appointment
mail-appointment-subject =
    { $what ->
        [proposed] Please choose a time: { $title }
        [moved] Please choose another time: { $title }
        [confirmed] Agreed: { $title }
        [retimed] Moved: { $title }
        [changed] Changed: { $title }
        [cancelled] Cancelled: { $title }
        [on_the_way] We are on our way: { $title }
        [wished] { $organisation } asks for another time: { $title }
       *[reminder] Reminder: { $title }
    }
mail-appointment-text =
    { $what ->
        [proposed] { $inviter } proposes times for "{ $title }". Choose the one that suits you with one click.
        [moved] { $inviter } has to propose other times for "{ $title }". What was agreed before does not count any more; please choose again.
        [confirmed] "{ $title }" is agreed. On its page you can add it to your calendar.
        [retimed] { $inviter } has chosen another of the proposed times for "{ $title }". It is agreed for then now; the time before does not count any more.
        [changed] Something about "{ $title }" has changed. This is how it is now.
        [cancelled] { $inviter } has cancelled "{ $title }". It does not take place.
        [on_the_way] We are on our way for "{ $title }" and arrive today in this time.
        [wished] { $inviter } asks for another time for "{ $title }". Until you have answered, it stands as it is.
       *[reminder] "{ $title }" is tomorrow.
    }

    { $when }

    { $placed ->
        [yes] Where: { $place }
       *[no] {""}
    }

mail-news-subject =
    { $others ->
        [0] { $title }
        [one] { $title }, and one more
       *[other] { $title }, and { $others } more
    }
mail-news-text = This is new for you at { $portal }:
mail-news-button = See it in the portal
mail-news-rest =
    { $count ->
        [one] One more thing is in the portal
       *[other] { $count } more are in the portal
    }
mail-digest-subject =
    { $cadence ->
        [weekly] Your week at { $portal }
       *[daily] Your day at { $portal }
    }: { $lines ->
        [one] one thing is new
       *[other] { $lines } things are new
    }
mail-digest-text =
    { $cadence ->
        [weekly] This has happened at { $portal } since your last weekly summary:
       *[daily] This has happened at { $portal } since your last summary:
    }
mail-why-kinds = You get this mail because at { $portal } you want to be told at once of: { $kinds }.
mail-why-daily = You get this mail because you have a daily summary of { $portal }.
mail-why-weekly = You get this mail because you have a weekly summary of { $portal }.
mail-stop = No more mails of this kind
mail-choose = Choose what you are told
mail-webhook-subject = The webhook “{ $title }” is paused
mail-webhook-text =
    { $why ->
        [gone] The program that the webhook “{ $title }” tells has answered that it is gone. Nothing more is sent there.
       *[other] The program that the webhook “{ $title }” tells has accepted nothing for three days. Nothing more is sent there.
    }

    Put it right over there and resume the webhook in the portal. What was waiting is sent then.
mail-webhook-button = Open the webhook
