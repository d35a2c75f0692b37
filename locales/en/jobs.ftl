# The job queue.
jobs-kind-mail = Mail
jobs-kind-password-reset = Forgotten password
jobs-kind-sign-in-link = Sign-in link
jobs-kind-uploads = Remove abandoned uploads
jobs-kind-sessions = Remove ended sessions
jobs-kind-throttles = Remove old counts of failed sign-ins
jobs-kind-idempotency = Remove old idempotency keys
jobs-kind-links = Remove expired links
jobs-kind-jobs = Remove finished jobs
jobs-conflict-state = The job is running or done by now. Look at the list again.
jobs-conflict-replaced = A newer job for the same thing is already waiting. Drop this one instead.
