# The job queue.
jobs-kind-mail = Mail
jobs-kind-password-reset = Forgotten password
jobs-kind-sign-in-link = Sign-in link
jobs-kind-uploads = Remove abandoned uploads
jobs-kind-sessions = Remove ended sessions
jobs-kind-throttles = Remove old counts of failed sign-ins
jobs-kind-idempotency = Remove old idempotency keys
jobs-kind-links = Remove expired links
jobs-kind-audit = Verify the audit log
jobs-kind-views = End views that have run out
jobs-kind-approvals = Remind of approvals
jobs-kind-retention = Delete documents whose time is over
jobs-kind-requests = Remind of files that are asked for
jobs-kind-tasks = Remind of tasks of projects
jobs-kind-appointments = Remind of appointments
jobs-kind-renewals = Tell staff what ends soon
jobs-kind-arrivals = Tell staff what customers have sent
jobs-kind-scan = Check a file for viruses
jobs-kind-scan-all = Check all files for viruses
jobs-kind-preview = Make the preview of a file
jobs-kind-preview-all = Make missing previews
jobs-kind-jobs = Remove finished jobs
jobs-kind-words = Forget words of deleted documents
jobs-conflict-state = The job is running or done by now. Look at the list again.
jobs-conflict-replaced = A newer job for the same thing is already waiting. Drop this one instead.
jobs-meta = Mails and housekeeping: what waits, what runs, what was given up.
jobs-dead-notice = { $count ->
    [one] One job was given up.
   *[other] { $count } jobs were given up.
}
jobs-dead-one = This job was given up.
jobs-dead-text = Remove the cause first, such as a mail server that refuses. Then have it tried again, or drop it.
jobs-retry-failed = Try all failed jobs again
jobs-retry = Try again now
jobs-drop = Drop
jobs-drop-title = Drop this job?
jobs-drop-text = It will not be done. A mail will not be sent.
jobs-retried = The job is tried again now.
jobs-retried-count = { $count ->
    [0] Nothing has failed.
    [one] One job is tried again now.
   *[other] { $count } jobs are tried again now.
}
jobs-dropped = The job was dropped.
jobs-count-dead = Given up
jobs-count-waiting = Waiting
jobs-count-running = Running
jobs-oldest = The oldest: { $age }
jobs-age-now = just now
jobs-age-minutes = { $count ->
    [one] one minute old
   *[other] { $count } minutes old
}
jobs-age-hours = { $count ->
    [one] one hour old
   *[other] { $count } hours old
}
jobs-age-days = { $count ->
    [one] one day old
   *[other] { $count } days old
}
jobs-tab-all = All
jobs-tab-dead = Given up
jobs-tab-waiting = Waiting
jobs-tab-running = Running
jobs-tab-done = Done
jobs-state = State
jobs-state-waiting = Waiting
jobs-state-again = Failed, will be tried again
jobs-state-running = Running
jobs-state-done = Done
jobs-state-dead = Given up
jobs-kind = Kind
jobs-all-kinds = All kinds
jobs-filter = Filter
jobs-work = Work
jobs-attempts = Attempts
jobs-attempts-of = { $attempts } of { $most }
jobs-created = Queued
jobs-started = Last begun
jobs-finished = Ended
jobs-next = Next try
jobs-lease = Lease until
jobs-last-error = Last error
jobs-topic = Subject
jobs-id = Id
jobs-facts = About this job
jobs-empty-title = Nothing here
jobs-empty-text = Mails to send and duties of the portal appear here while they wait, run or have failed, and for a week after they are done.
jobs-kind-import-check = Look a file through before it is imported
jobs-kind-import-run = Import a file
jobs-kind-import-undo = Undo an import
jobs-kind-import-watch = Look into the import folder
jobs-kind-import-purge = Remove files of old imports
jobs-kind-notifications = Remove old notifications
jobs-kind-webhooks = Tell an endpoint
jobs-kind-webhooks-purge = Forget what webhooks sent long ago
jobs-kind-push = Tell people on their devices
jobs-kind-announcement = Tell that an announcement begins
