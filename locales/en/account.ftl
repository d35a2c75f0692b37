# One's own account, and what is said about people's logins.
account-tab-profile = Profile
account-tab-security = Security
account-tab-sessions = Sessions
account-tab-tokens = API tokens
account-tab-calendar = Calendar
account-tab-data = My data

account-profile = Who you are, and how the portal speaks to you
account-profile-meta = Your name, your language, and what you may see.
account-name = Name
account-phone = Telephone
account-hours = When you can be reached
account-hours-hint = Customers whose contact you are read it, such as “Mon to Fri, 8:00 to 16:30”.
account-portrait = Portrait
account-portrait-who = Customers whose contact you are see it beside your name. Nobody else does.
account-portrait-hint = JPEG, PNG, WebP or GIF, up to { $size }. The middle is kept as a small square; place and camera in the file are thrown away.
account-portrait-file = Image
account-portrait-save = Use image
account-portrait-remove = Remove
account-portrait-saved = Your portrait is saved.
account-portrait-removed = Your portrait is removed.
account-error-portrait = This file is not an image that can be used. JPEG, PNG, WebP and GIF can.
account-error-portrait-pixels = This image has too many pixels. Please make it smaller.
account-error-portrait-size = This image is too large. Please use a smaller one.
account-error-phone = Please enter a telephone number, such as +49 431 123456.
account-error-hours = Please use at most { $max } characters.
account-error-staff = Only members of staff are contacts of customers.
account-name-hint = As colleagues and your contacts read it.
account-time-zone = Time zone
account-time-zone-hint = Dates and times everywhere are shown in it.
account-time-zone-portal = As the portal: { $zone }
account-language-browser = As the browser asks
account-save = Save
account-saved = Your profile is saved.
account-error-name = Enter your name, in one line of at most 200 characters.
account-error-time-zone = This time zone does not exist.
account-changed-meanwhile = Your profile was changed in another window meanwhile. Check it and save again.
account-address = Sign-in address
account-address-change = Change address
account-since = Login since: { $when }
account-role = Your role
account-role-staff = An administrator decides what you may see and do.
account-memberships = Where you belong, and what you see there
account-nowhere = You belong to no organisation
account-nowhere-text = Ask the portal admin in your company to add you again.
account-module-documents = Documents
account-module-orders = Orders and projects
account-module-money = Quotes and invoices
account-module-tickets = Questions
account-reach-none = nothing
account-reach-own = your own
account-reach-organisation = everything of the organisation

sessions-meta = Every browser that is signed in with your account.
sessions-here = This browser
sessions-others = Elsewhere
sessions-no-others = Nowhere else
sessions-no-others-text = Other browsers appear here as long as you are signed in on them.
sessions-this = You are here
sessions-device = { $browser } on { $system }
sessions-device-unknown = Unknown browser
sessions-place-unknown = Place unknown
sessions-place-machine = The machine the portal runs on
sessions-place-same = The network you are in now
sessions-place-local = Another local network
sessions-place-internet = Internet address { $range }
sessions-place-proxied = through a proxy
sessions-begun = Signed in: { $when }
sessions-used = last used: { $when }
sessions-with-factor = { $method } and { $factor }
sessions-method-password = with password
sessions-method-passkey = passkey
sessions-method-totp = code from the app
sessions-method-recovery-code = recovery code
sessions-method-single-sign-on = through your company's sign-in
sessions-method-mail-link = by a link in a mail
sessions-end = Sign out
sessions-end-label = Sign out: { $device }, { $place }
sessions-ended = That browser is signed out.
sessions-end-all = Sign out everywhere else
sessions-end-all-title = Sign out everywhere else?
sessions-end-all-text = { $count ->
    [one] One browser is signed out at once. Here you stay signed in.
   *[other] { $count } browsers are signed out at once. Here you stay signed in.
}
sessions-ended-others = { $count ->
    [0] You were signed in nowhere else.
    [one] One browser is signed out.
   *[other] { $count } browsers are signed out.
}
sessions-rules = When you are signed out by yourself
sessions-rule-idle = After { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
} without a click. You are warned before.
sessions-rule-absolute = { $hours ->
    [one] One hour
   *[other] { $hours } hours
} after signing in, in any case.
sessions-stranger = A browser you do not know?
sessions-stranger-text = Sign it out, then change your password:
sessions-stranger-link = Security

session-end-soon = Are you still there?
session-end-soon-text = You will be signed out because nothing has happened for a while. What you have typed on this page stays.
session-end-last = Your sign-in ends soon
session-end-last-text = You have been signed in for very long, so the portal asks you to sign in again. Do it in a new tab: what you have typed on this page stays, and you can go on here.
session-end-over = You have been signed out
session-end-over-text = What you have typed on this page is still here. Sign in again in a new tab, then come back and go on.
session-end-minutes = # minutes left
session-end-minute = less than a minute left
session-end-stay = Stay signed in
session-end-again = Sign in in a new tab
session-end-not-now = Not now
session-end-show = Show the page
session-end-failed = The portal does not answer right now. Check your connection and try again.

tokens-meta = What programs may do in your name, such as your ERP.
tokens-title = Your tokens
tokens-empty = No tokens
tokens-empty-text = A token lets a program use the portal in your name. Make one below when a program asks for it.
tokens-made = Your new token
tokens-made-text = Copy it now. It is not stored and cannot be shown again.
tokens-secret = Token
tokens-copy = Copy
tokens-copied = Copied.
tokens-new = New token
tokens-name = What is it for?
tokens-name-hint = For example the name of the program. You will recognise the token by it.
tokens-access = What may it do?
tokens-access-read = Read only
tokens-access-read-text = Everything you can see, without changing anything.
tokens-access-areas = Certain areas only
tokens-access-areas-text = As little as the program needs.
tokens-access-all = Everything that I may do
tokens-access-all-text = Whoever has the token can act as you.
tokens-areas = Areas
tokens-area-account = Your account
tokens-area-audit = Audit log
tokens-area-documents = Documents
tokens-area-home = Home
tokens-area-imports = Imports
tokens-area-jobs = Background work
tokens-area-mail = Returned mails
tokens-area-organisations = Organisations
tokens-area-orders = Orders
tokens-area-appointments = Appointments
tokens-area-projects = Projects
tokens-area-settings = Settings
tokens-area-users = People
tokens-area-webhooks = Webhooks
tokens-area-other = Other
tokens-may-all = Everything you may do
tokens-may-read-all = Read everything
tokens-may-read = Read: { $area }
tokens-may-write = Read and change: { $area }
tokens-expires = How long does it work?
tokens-days = { $days } days
tokens-date = Until a certain day
tokens-last-day = Last day
tokens-never = Until I take it back
tokens-never-text = A token that is forgotten stays dangerous. Choose a day if you can.
tokens-create = Make token
tokens-created = Made: { $when }
tokens-ends = works until: { $when }
tokens-ended = ended: { $when }
tokens-no-end = without end
tokens-used = last used: { $when }
tokens-never-used = never used
tokens-expired = Expired
tokens-revoke = Take back
tokens-revoke-label = Take back { $name }
tokens-revoked = The token is taken back. It does not work any more.
tokens-error-name = Say what the token is for, in one line of at most 100 characters.
tokens-error-scope = Choose what the token may do.
tokens-error-no-area = Choose at least one area.
tokens-error-expires = Choose how long the token works.
tokens-error-date = Choose a day in the next five years.
tokens-error-many = You have { $count } tokens. Take one back before you make another.

data-meta = What the portal knows about you, and a copy of it.
data-stored = What is stored about you
data-profile = Who you are
data-profile-text = Name, address, language, time zone, and in which organisations you have which role and rights.
data-sign-in = How you sign in
data-sign-in-text = Your password as a fingerprint that nobody can read back, your authenticator app, passkeys and API tokens with name and dates.
data-sessions = Where you are signed in
data-sessions-text = Browser, address and time of every session until it ends, and which browsers you have used, for a year.
data-reads = What you have opened
data-reads-text = Which version of a document you opened last and when, so that those who sent it know that it has arrived.
data-trail = What you have done
data-trail-text = An entry for each act, with ids and times, in a log that nobody can change.
data-copy = Your copy
data-copy-text = One file in JSON with everything above. Passwords and keys are not in it.
data-copy-proof = You may be asked for your password again.
data-download = Download
data-erase = Something is wrong, or you want your data erased? Your contact at the portal takes care of it.

people-last-administrator = This is the last administrator. Make somebody else one first.
people-not-yourself = You cannot do this to yourself. Ask another administrator.
people-not-staff = This person is a customer. Customers have a role in each organisation.
