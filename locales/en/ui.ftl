# Words of the frame and of the components.
ui-skip = Skip to content
ui-runs-on = Runs on Kontor
ui-close = Close
ui-cancel = Cancel
ui-optional = optional
ui-language = Language
ui-theme = Appearance
ui-theme-system = System
ui-theme-light = Light
ui-theme-dark = Dark
ui-errors-title = { $count ->
    [one] One thing to fix
   *[other] { $count } things to fix
}
ui-errors-kept = What you typed is still here. Passwords and files have to be entered again.
ui-pager-label = More rows
ui-pager-older = Older
ui-pager-newest = Newest

nav-main = Main
nav-quick = Quick access
nav-crumbs = Path
nav-home = Home
nav-todo = To do
nav-documents = Documents
nav-approvals = Approvals
nav-customers = Customers
nav-jobs = Job queue
nav-audit = Audit log
nav-group-operator = Operator
nav-more = More
nav-more-places = More places
nav-waiting = waiting for you
nav-waiting-elsewhere = { $count ->
    [one] one thing waits in another organisation
   *[other] { $count } things wait in other organisations
}
nav-back = Back
nav-back-to = Back to { $name }
nav-your-account = Your account
nav-account = Account
nav-account-of = Account of { $name }
nav-organisations = Organisations
nav-switch-organisation = switch organisation
nav-sign-out = Sign out
nav-line-customer = Customer portal
nav-line-staff = Staff

error-home = Go to Home
error-sign-in = Sign in
error-request = Request
error-400-title = This request cannot be read
error-400-text = Part of the address or of the form is missing or has the wrong shape.
error-400-next = Go back, check what you entered and send it again.
error-401-title = Please sign in
error-401-text = This page is for people who are signed in. Your sign-in may have ended.
error-401-next = Sign in and open the page again.
error-403-title = This is not open to you
error-403-text = Your role does not include this.
error-403-next = Ask the portal admin in your company who may do it, or who can give you access.
error-404-title = This page is not here
error-404-text = The link may be old, or the item was never shared with you.
error-404-next = If a colleague sent it to you, ask them to share it.
error-405-title = This address works differently
error-405-text = The page exists, but it cannot be opened this way.
error-405-next = Start again from Home.
error-408-title = This took too long to arrive
error-408-text = The connection was too slow or broke off, and not everything reached us. Nothing was changed.
error-408-next = Go back and send it again.
error-409-title = Somebody was faster
error-409-text = This changed while you had it open, so nothing was saved.
error-409-next = Go back, load the page again and repeat your change.
error-412-title = This changed in the meantime
error-412-text = You worked on an older version, so nothing was saved.
error-412-next = Load the page again and repeat your change.
error-413-title = This file is too large
error-413-text = It is larger than the portal accepts, so nothing was saved.
error-413-next = Go back and choose a smaller file, or split it.
error-422-title = Something is missing
error-422-text = Not all that was entered can be accepted, so nothing was saved.
error-422-next = Go back, correct the marked fields and send the form again.
error-423-title = This file is held back
error-423-text = A virus scanner has to check it first, or found something in it.
error-423-next = Open the document to see how it stands.
error-428-title = The version is missing
error-428-text = The request does not say which version it changes, so nothing was saved.
error-428-next = Load the page again and repeat your change.
error-429-title = That was too often
error-429-text = Many attempts came in a short time, so the portal waits for a moment.
error-429-next = Try again in a few minutes.
error-500-title = This did not work
error-500-text = The portal made a mistake. It has been recorded.
error-500-next = Try again. If it happens again, tell your contact the request number below.
error-503-title = Back in a moment
error-503-text = A part of the portal does not answer right now. Nothing is lost.
error-503-next = Try again in a minute.
