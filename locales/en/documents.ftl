# Documents: categories, states, lists, one document, publishing.
category-proposal = Proposals
category-contract = Contracts
category-invoice = Invoices
category-specification = Specifications
category-minutes = Minutes
category-other = Other

state-draft = Draft
state-published = Published
state-withdrawn = Withdrawn

documents-meta = Everything that was shared with you.
documents-categories = Categories
documents-category = Category
documents-all = All
documents-all-categories = All categories
documents-project = Project
documents-all-projects = All projects
documents-by-project = By project
documents-filter = Show
documents-column-document = Document
documents-column-customer = Customer
documents-column-status = Status
documents-column-date = Date
documents-column-action = Download
documents-new-mark = (new)
documents-unread = New
documents-read = Opened
documents-version = Version { $number }
documents-versions = Versions
documents-current = Current
documents-older = Outdated
documents-internal = Internal
documents-uploaded-by = { $name }, { $when }
documents-download-named = Download { $title }
documents-download-size = Download ({ $size })
documents-main-action = Main action
documents-hash = SHA-256
documents-published-on = Published { $when }
documents-maintain = Maintain
documents-as-reader = View as published

documents-empty-title = No documents yet
documents-empty-text = Contracts, specifications, invoices and minutes appear here as soon as your contact shares them.
documents-empty-category-title = Nothing in this category
documents-empty-category-text = When your contact shares a document of this kind, it appears here.

documents-new = New document
documents-new-meta = Upload a file as a draft. You choose who may read it before anything is published.
documents-choose = Please choose
documents-customer = Customer
documents-title = Title
documents-title-hint = Left empty, the file's name becomes the title.
documents-file = File
documents-file-hint = Any type, up to { $size }
documents-file-hint-kinds = { $kinds }, up to { $size }
documents-save-draft = Save as draft
documents-draft-internal = A draft is internal: no customer sees it.
documents-new-version = New version
documents-upload = Upload new version
documents-replaces-at-once = This document is published: the new version replaces the current one at once. Earlier versions stay.
documents-details = Details
documents-save = Save
documents-saved = Saved
documents-read-only = Your role may read this document, but not change it.
documents-no-file-title = No file yet
documents-no-file-text = Upload the first version below. Then it can be published.
documents-change-audience = Change who can see it
documents-withdraw = Withdraw
documents-withdraw-title = Withdraw this document?
documents-withdraw-text = From the next moment no customer can see or download it. You can publish it again later.
documents-withdrawn-text = This document was taken back. No customer sees it.
documents-withdrawn-toast = “{ $title }” was withdrawn
documents-published-toast = “{ $title }” is published

documents-error-title-missing = Enter a title.
documents-error-title-long = The title may have at most { $max } characters.
documents-error-category = Choose a category that your role may use.
documents-error-organisation = Choose a customer.
documents-error-file-missing = Choose a file.
documents-error-file-empty = This file is empty. Choose another one.
documents-error-file-broken = The upload broke off. Please choose the file again.
documents-error-file-large = This file is larger than { $size }. Choose a smaller one, or split it.
documents-error-no-file = There is no file yet. Upload one before publishing.
documents-error-not-published = This document is not published.
documents-error-changed = Somebody changed this document in the meantime, so nothing was saved. This page shows it as it is now.
documents-error-readers-changed = The list of people has changed since you looked, so nothing was published. Please check it again.
documents-error-audience = Choose who may read the document.
documents-error-group = Choose a customer group that this customer belongs to.
documents-error-group-foreign = This group includes customers that are not assigned to you. Ask an administrator to publish to it.
documents-error-people = One of these people does not belong to this customer any more.
documents-error-people-none = Choose at least one person.
documents-error-project = Choose a project of this customer.

publish-title = Publish “{ $title }”
publish-who = Who may read it
publish-organisation = Everyone at { $name }
publish-organisation-meta = All colleagues, without external partners
publish-project = A project
publish-project-meta = The people on it, external partners too
publish-people = Certain people
publish-people-meta = Only those you choose
publish-group = A customer group
publish-group-meta = Everyone at every customer in the group
publish-which-project = Project
publish-which-group = Customer group
publish-which-people = People
publish-show = Show who that is
publish-choose-first = Choose who may read it. This place then shows exactly who that is.
publish-will-see = { $count ->
    [0] Nobody will see this
    [one] One person will see this
   *[other] { $count } people will see this
}
publish-never = { $count ->
    [one] One of them has never signed in.
   *[other] { $count } of them have never signed in.
}
publish-nobody = Nobody at this customer would see it.
publish-button = { $count ->
    [0] Publish
    [one] Publish to one person
   *[other] Publish to { $count } people
}
publish-button-again = { $count ->
    [0] Publish again
    [one] Publish again, to one person
   *[other] Publish again, to { $count } people
}
publish-then-ask = Then ask for approval
publish-then-ask-meta = The next page asks who of these readers approves it.
publish-staff-too = Customer admins see all documents of their organisation. Colleagues on our side see it as their role says.

audience-title = Who can see this
audience-count = { $count ->
    [0] No customer can see this.
    [one] One person at the customer can see this.
   *[other] { $count } people at the customer can see this.
}
audience-staff = Colleagues on our side
audience-read = opened version { $number }
reason-person = named
reason-project = on the project
reason-organisation = of this organisation
reason-group = in the customer group
reason-admin = administers the organisation
reason-assigned = assigned to this customer
reason-staff-role = by role

upload-uploading = Uploading
upload-finishing = Storing the file safely
upload-failed = The upload broke off. Your entries are still here; please try again.
upload-list = Chosen files
upload-photo = Take a photo
upload-waiting = Chosen
upload-done = Sent
upload-cancelled = Cancelled
upload-remove = Remove
upload-retry = Try again
upload-interrupted = The line is gone. What has arrived is kept; try again to go on.
upload-chosen = Files chosen: #
upload-count = Files sent: # of #
upload-too-many = Too many of your uploads are unfinished. Finish or cancel some, then try again.
upload-refused = You may not send this here any more.
upload-offset = The upload has moved on meanwhile. It continues where it stands.
upload-expired = The upload waited for too long and was given up. Send the file again.
upload-locked = The file is being written to or stored just now.
upload-checksum = What arrived is not what was sent. Please try again.

documents-version-added = The new version is stored
documents-draft-saved = The draft is saved. Now choose who may read it.

documents-note = What is new
documents-note-hint = Optional, one line. Everybody who sees the version reads it.
documents-restore = Bring back
documents-restore-named = Bring back version { $number } as the newest
documents-restored-from = Brings back version { $number }
documents-restored-toast = Version { $old } is back, as version { $new }
documents-error-current = This version is the current one already.

history-title = History
history-link = History of this document
history-all = Everything
history-downloads = Downloads
history-empty-title = Nothing yet
history-empty-text = What happens to this document appears here.
history-to-organisation = to the organisation
history-to-group = to a customer group
history-to-project = to a project
history-to-people = to certain people
history-for = For { $who }
history-asked = Asked: { $who }
history-handed-to = To { $who }
history-until = To be decided by { $when }
history-people = { $count ->
    [one] one person
   *[other] { $count } people
}
history-others = { $count ->
    [one] one more person
   *[other] { $count } more people
}
history-asked-again = { $count ->
    [one] One person is asked again about this version
   *[other] { $count } people are asked again about this version
}
history-reminded = { $count ->
    [one] One person reminded
   *[other] { $count } people reminded
}
history-outcome-approved = With that the version is approved
history-outcome-declined = With that the version is declined

compare-title = Compare versions
compare-from = Earlier
compare-to = Later
compare-show = Compare
compare-what = What
compare-file = File
compare-note = What is new
compare-by = By
compare-when = Uploaded
compare-size = Size
compare-type = Type
compare-same = the same
compare-differs = different
compare-empty-title = Only one version
compare-empty-text = As soon as there is a second one, the two can be compared here.

archive-download = Download chosen as a zip file
archive-choose = Choose { $title }
archive-column = Choose
archive-error-none = Choose at least one document.
archive-error-many = At most { $max } documents at once.

bulk-look = Publish, move or tag chosen
bulk-title = Chosen documents
bulk-meta = Look at what will happen. It is done to all of them, or to none.
bulk-none-text = Tick documents in the list first.
bulk-publish-title = Publish
bulk-publish = { $count ->
    [one] Publish one document
   *[other] Publish { $count } documents
}
bulk-left-out = Left as they are
bulk-not-published = Published already, without a file, or not yours to publish
bulk-needs-choice = Its category asks who is to see it: publish it on its own page.
bulk-nothing-title = Nothing to publish
bulk-nothing-text = Only drafts and what was taken back are published from here, each to everyone at its customer.
bulk-move-title = Move to a category
bulk-move = { $count ->
    [one] Move one document
   *[other] Move { $count } documents
}
bulk-published-toast = { $count ->
    [one] One document is published
   *[other] { $count } documents are published
}
bulk-moved-toast = { $count ->
    [one] One document was moved
   *[other] { $count } documents were moved
}
bulk-error-published = It is published already. Change who can see it on its own page.

sort-label = Order
sort-newest = Newest first
sort-oldest = Oldest first
sort-title = Title, A to Z
sort-valid-until = Valid until, soonest first
sort-by = (sort: { $order })
sort-valid-until-only = Documents without an end date are left out of this order.
