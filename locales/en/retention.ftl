# How long documents are kept.
retention-title = Retention
retention-meta = How long documents are kept, and what is deleted today.
retention-rules = Rules
retention-rules-text = Documents of a category are deleted so many days after their last change, every night; what is valid for longer, so many days after its last day. Left empty, they are kept for good. What an approval is open about, and what is held, stays.
retention-keep = Delete after days
retention-least = Legal minimum in days
retention-due = Would be deleted now
retention-empty-title = Nothing is due
retention-empty-text = No document is older than the rules allow.
retention-sum = { $count ->
    [one] One document with { $versions } versions, { $size }.
   *[other] { $count } documents with { $versions } versions, { $size }.
}
retention-kept = { $count ->
    [one] One more is old enough; a hold or an open approval keeps it.
   *[other] { $count } more are old enough; a hold or an open approval keeps them.
}
retention-versions = { $count ->
    [0] no file
    [one] one version
   *[other] { $count } versions
}
retention-delete = Delete now
retention-delete-title = Delete these documents?
retention-delete-text = Their files, versions and approvals go for good, from the store too. The audit log keeps that they were there.
retention-runs = Earlier deletions
retention-deleted-toast = { $count ->
    [0] Nothing was due.
    [one] One document is deleted.
   *[other] { $count } documents are deleted.
}
retention-error-days = Enter a number from 1 to { $max }.
retention-error-number = Enter a whole number.
retention-error-least = Enter at least { $least }, the legal minimum.
retention-hold-title = Keep in spite of the rules
retention-held = This document is held: it is not deleted, however old it gets.
retention-reason = Reason
retention-reason-hint = Such as a lawsuit. It is not deleted until the hold is released.
retention-error-reason = Say why, for whoever asks years later.
retention-hold = Hold
retention-release = Release the hold
retention-held-toast = The document is held.
retention-released-toast = The hold is released.
