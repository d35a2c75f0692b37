# The customer's home.
home-good-morning = Good morning, { $name }
home-good-afternoon = Good afternoon, { $name }
home-good-evening = Good evening, { $name }
home-needs-count = { $count ->
    [0] Nothing is waiting for you.
    [one] One thing needs you.
   *[other] { $count } things need you.
}
home-needs = Needs you
home-needs-empty-title = All done
home-needs-empty-text = What needs you appears here: documents to approve or to read, files you are asked for, orders that wait for your answer.
home-read = Read
home-read-document = Read “{ $title }”
home-approve = Decide
home-approve-document = Approve “{ $title }”
home-asked-by = asked by { $name }, { $when }
home-new-documents = New documents
home-all-documents = All documents
home-documents-empty-title = No documents yet
home-documents-empty-text = As soon as your contact shares a document with you, it appears here.
home-contact = Your contact
home-contact-empty-title = No contact named yet
home-contact-empty-text = Your supplier will name somebody who looks after you.
home-write = Write a mail
home-write-to = Write a mail to { $name }
home-coming = Invoices and questions
home-coming-text = They will stand here as soon as they are part of this portal. Until then your contact is happy to help.
home-send-file = Send “{ $title }”
home-send = Send
home-order-waits = Order “{ $title }” waits for you
home-order-open = Look
home-choose-time = Choose a time for “{ $title }”
home-choose-times = { $count ->
    [one] one time
   *[other] { $count } times
}
home-choose = Choose
home-until = until { $when }
home-appointments = Next appointments
home-all-appointments = All appointments
home-no-appointments-title = Nothing is agreed
home-no-appointments-text = Appointments that you have agreed with us stand here.
home-orders = Open orders
home-all-orders = All orders
home-no-orders-title = No open orders
home-no-orders-text = What you order appears here until it has arrived.

home-late-count = { $count ->
    [one] One is overdue.
   *[other] { $count } are overdue.
}
home-age = { $days ->
    [0] today
    [1] yesterday
   *[other] { $days } days ago
}
home-age-date = on { $when }
home-updated = changed { $when }
home-sent = sent { $when }
home-entered = entered { $when }
home-fix = To put right: { $note }
home-overdue = { $days ->
    [0] overdue
    [one] one day overdue
   *[other] { $days } days overdue
}
home-due-today = due today
home-due-tomorrow = due tomorrow
home-look = Look
home-renew = Renew “{ $title }”
home-renew-sent = sent by you
home-factor = Protect your sign-in with a second factor
home-factor-why = You manage the access of your colleagues, and so far a password alone opens yours.
home-factor-add = Set up
home-codes = { $count ->
    [0] You have no recovery code left
    [one] You have one recovery code left
   *[other] You have { $count } recovery codes left
}
home-codes-why = Without one you cannot sign in when your phone or passkey is lost.
home-codes-renew = Make new
home-passkey = Passkey “{ $title }” may have been copied
home-passkey-why = Noticed { $when }. It opens nothing any more. Remove it, and add it again if it is yours.
inbox-show-first = Back to the whole list
inbox-show-all = Show all { $count }
inbox-later-of = Later: { $what }
inbox-remind = Remind me again
inbox-until-tomorrow = Tomorrow
inbox-until-week = Next week, { $when }
inbox-until-day = On
inbox-until-ok = OK
inbox-mark-read = Mark as read
inbox-mark-done = I have taken care of it
inbox-undo = Undo
inbox-wake = Bring back
inbox-back-on = comes back { $when }
inbox-snoozed-count = Put off ({ $count })
inbox-snoozed = Put off until { $when }: { $what }
inbox-woken = Back in the list: { $what }
inbox-done = Taken care of: { $what }
inbox-read = Read: { $what }
inbox-gone = That is no longer waiting for you.
inbox-error-until = Please choose a day from tomorrow on, within a year.
inbox-error-done = The portal notices itself when this is done.

home-tiles = Status
home-tile-orders = { $count ->
    [0] none open
   *[other] { $count } open
}
home-tile-orders-many = more than { $count } open
home-tile-late = { $count } late
home-tile-approvals = Approvals
home-tile-approve = { $count ->
    [0] none open
   *[other] { $count } to decide
}
home-tile-unread = Sent to you
home-tile-read = { $count ->
    [0] all read
   *[other] { $count } unread
}
home-tile-requests = Requests
home-tile-send = { $count ->
    [0] none open
   *[other] { $count } to send
}
home-tile-show = Show
home-call = Call { $name }: { $phone }
home-activity-empty-text = What is shared with you, approved or changed appears here.
home-who-you = you
home-who-colleague = a colleague
home-act-sent = Sent by { $who }
home-act-approval-ask = Approval asked for by { $who }
home-act-approve = Approved by { $who }
home-act-decline = Declined by { $who }
home-act-approval-withdraw = No longer to approve, says { $who }
home-act-request-ask = Asked for by { $who }
home-act-request-accept = Accepted by { $who }
home-act-request-fix = To put right, says { $who }
home-act-order-create = Order taken by { $who }
home-act-order-edit = { $fields }: changed by { $who }
