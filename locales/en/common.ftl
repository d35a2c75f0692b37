# Words that every feature shares: roles, dates, people, audit.
role-customer = Customer
role-customer-admin = Customer admin
role-partner = External partner
role-project-manager = Project manager
role-support = Support
role-finance = Finance
role-sales = Sales
role-management = Management
role-administrator = Administrator

date-today = Today
date-yesterday = Yesterday
date-tomorrow = tomorrow

people-never = never signed in
people-seen = last in: { $when }

account-language-unknown = This language is not available.
account-theme-unknown = This appearance is not available.
error-wait = Too many attempts. Please wait { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
} and try again.
idempotency-other-request = This key was used for a different request.
idempotency-in-progress = The same request is being carried out right now.
idempotency-done = The request with this key was carried out. What it was answered is not kept, or is not yours to see any more: read what it changed before you send it with another key.

audit-meta = Every act, newest first. The trail cannot be changed.
audit-when = When
audit-who = Who
audit-what = What
audit-detail = Detail
audit-operator = Operator at the machine
audit-nobody = Not signed in
audit-token = by API token
export-csv = CSV
export-xlsx = Excel
export-cut = Only the first { $max } rows are in this file. Narrow the list to get the others.
