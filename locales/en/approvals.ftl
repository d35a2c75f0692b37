# Approvals: asking, deciding, and who has not yet.
approval-title = Approval
approval-yours = Your decision
approval-open = Open
approval-overdue = Overdue
approval-approved = Approved
approval-declined = Declined
approval-withdrawn = Taken back
approval-outdated = Outdated
approval-spared = No longer needed
approval-seen = Seen
approval-not-seen = Not seen
approval-late = { $days ->
    [one] one day late
   *[other] { $days } days late
}
approval-due-today = until today
approval-due-in = { $days ->
    [one] until { $when }, tomorrow
   *[other] until { $when }, in { $days } days
}
approval-count = { $yes } of { $needed } approvals given
approval-rule-one = one person decides
approval-rule-all = all { $asked } must approve
approval-rule-any = any of { $asked } is enough
approval-rule-count = { $needed } of { $asked } must approve
approval-approve = Approve version { $number }
approval-decline = Decline with a reason
approval-decline-short = Decline
approval-from = { $name } writes:
approval-holds = Your decision holds for version { $number } only. A new version asks you again.
approval-whose = This is for { $names } to decide.
approval-bound = Bound to version { $number } with the SHA-256
approval-none = Nobody has been asked to approve this document.
approval-ask = Ask for approval
approval-ask-again = Ask again
approval-about = Version { $number }, asked by { $name }, { $when }
approval-remind = Remind
approval-withdraw = Take back
approval-withdraw-title = Take the question back?
approval-withdraw-text = Nobody is asked to decide any more. What has been said so far stays in the history.
approval-earlier = Earlier versions
approval-ask-title = Ask for approval
approval-nobody-title = Nobody can be asked
approval-nobody-text = Nobody of this customer can read the document. Publish it to somebody of theirs first.
approval-who = Who is asked
approval-who-hint = Everybody at the customer who can read the document.
approval-rule = Who must approve
approval-choose-all = All of them
approval-choose-all-meta = One “no” is enough to decline.
approval-choose-any = Any one of them
approval-choose-any-meta = The first “yes” decides.
approval-choose-count = A certain number
approval-choose-count-meta = For instance two of three.
approval-needed = How many must approve
approval-deadline = Until when
approval-due = Decide by
approval-due-hint = Two days before, and while it is overdue, the portal reminds whoever has not decided.
approval-message = Message
approval-ask-submit = Ask for approval
approval-decline-title = Decline version { $number }
approval-reason = Why do you decline?
approval-reason-hint = { $name } reads this, and so does everybody who can read the document.
approval-decline-submit = Decline
approval-over-text = The page of the document says how it stands.
approval-to-document = To the document
approval-asked-toast = { $count ->
    [one] One person is asked for approval.
   *[other] { $count } people are asked for approval.
}
approval-approved-toast = You have approved version { $number }.
approval-declined-toast = You have declined version { $number }.
approval-approved-late-toast = You have approved version { $number }. The deadline was over; your answer counts all the same.
approval-declined-late-toast = You have declined version { $number }. The deadline was over; your answer counts all the same.
approval-withdrawn-toast = Nobody is asked for approval any more.
approval-reminded-toast = { $count ->
    [0] Nobody was reminded: everybody has decided, or was reminded today.
    [one] One person is reminded.
   *[other] { $count } people are reminded.
}
approval-remind-none = Choose at least one document.
approval-remind-many = Choose from one to { $max } approvals.
approval-error-long = At most { $max } characters.
approval-error-due = Enter a day from today on, within a year.
approval-error-nobody = Choose at least one person.
approval-error-people = One of these people cannot read the document. Choose again.
approval-error-needed = Enter a number from 1 to { $max }.
approval-error-not-published = Only a published document can be approved. Publish it first.
approval-error-version = A new version has been added in the meantime. Look at it, then ask again.
approval-error-open = Somebody has asked for approval of this document already.
approval-error-reason = Say why, so that it can be put right.
approval-error-decided = You have decided already.
approval-error-over = This is decided already.
approval-error-outdated = A new version has been added in the meantime: your decision was not recorded. Look at the new one.
approval-error-withdrawn = The question was taken back in the meantime. There is nothing to decide.
approval-later = Not yet their turn
approval-delegated = Handed on
approval-delegated-to = handed on to { $name }
approval-delegated-for = in place of { $name }
approval-rule-steps = in { $count } steps
approval-step = Step { $number }
approval-then = Step { $number }: then ask others
approval-who-none = Nobody else
approval-who-people = People I choose
approval-who-role = Everybody with the role: { $role }
approval-people = Which people
approval-statement-yes = I approve version { $number } of “{ $title }” for { $organisation }.
approval-statement-no = I do not approve version { $number } of “{ $title }” for { $organisation }.
approval-declares = By approving you declare:
approval-declares-no = By declining you declare:
approval-delegate = Hand on to a colleague
approval-delegate-title = Hand your decision on
approval-delegate-to = Who decides in your place?
approval-delegate-hint = Colleagues who can read the document and are not asked yet.
approval-delegate-submit = Hand on
approval-delegate-nobody = Nobody to hand it on to
approval-delegate-nobody-text = Every colleague who can read the document is asked already. Your administrators can give others access.
approval-delegated-toast = { $name } decides in your place.
approval-certificate = Certificate (PDF)
approval-certificate-json = Signed data (JSON)
approvals-export = Export
approval-error-steps = At most { $max } steps.
approval-error-twice = One of these people is asked in an earlier step already.
approval-error-role = Nobody with this role can read the document.
approval-error-shown = What you were asked has changed in the meantime: your decision was not recorded. Look at it again.
approval-error-delegated = You have handed your decision on.
approval-error-later = Others decide first. You get a mail when it is your turn.
approval-error-delegate = Choose a colleague who can read the document and is not asked yet.
approval-error-no-certificate = There is a certificate once the approval is over.
approval-error-no-evidence = This was decided before certificates were kept.
approvals-title = Who has not approved yet
approvals-late-count = { $count ->
    [0] Nothing is overdue.
    [one] One document is overdue.
   *[other] { $count } documents are overdue.
}
approvals-late-many = More than 1,000 documents are overdue.
approvals-which = Which approvals
approvals-open = Open
approvals-late = Overdue
approvals-over = Decided
approvals-filter = Filter
approvals-all-categories = All categories
approvals-all-customers = All customers
approvals-empty-title = Nobody is asked for approval
approvals-empty-text = Ask for approval on the page of a published document. Who has not decided yet stands here.
approvals-empty-late-title = Nothing is overdue
approvals-empty-late-text = Documents whose deadline has passed stand here.
approvals-empty-over-title = Nothing is decided yet
approvals-empty-over-text = Documents that were approved, declined, replaced or taken back stand here.
approvals-legend = Legend
approvals-not-asked = not asked
approvals-of = Decisions of { $name }
approvals-customer = Customer page
approvals-choose = Choose
approvals-choose-named = Choose { $title }
approvals-document = Document
approvals-due = Due
approvals-remind-chosen = Remind about the chosen
approvals-remind-hint = Everybody who has not decided gets a mail, at most one a day. Up to { $max } documents at once.
customers-number-short = no. { $number }
approval-held = You are asked. You can decide as soon as the file can be opened.
