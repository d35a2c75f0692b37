# The staff's home and document list.
staff-drafts = Not published yet
staff-drafts-count = { $count ->
    [0] No draft is waiting.
    [one] One draft is not published yet.
   *[other] { $count } drafts are not published yet.
}
staff-drafts-empty-title = No drafts
staff-drafts-empty-text = What is uploaded but not yet published appears here.
staff-all-drafts = All drafts
staff-add-file = Add a file
staff-publish = Publish
activity = Recent activity
activity-create = Created by { $who }
activity-upload = New version from { $who }
activity-edit = Changed by { $who }
activity-restore = Older version brought back by { $who }
activity-publish = Published by { $who }
activity-withdraw = Taken back by { $who }
activity-download = Downloaded by { $who }
activity-by = By { $who }
activity-other = somebody at another customer
activity-operator = the operator
activity-none = Nothing here that you may see.
activity-empty-title = Nothing has happened lately
activity-empty-text = What is published, replaced and downloaded appears here.
staff-all-customers = All customers
staff-documents-meta = Every document your role may see, drafts too.
staff-documents-empty-title = No documents here
staff-documents-empty-text = Documents that match this choice appear here.

waits-count = { $count ->
    [0] Nobody is waiting for us.
    [one] One customer matter is waiting for us.
   *[other] { $count } customer matters are waiting for us.
}
waits-for-us = Waiting for us
waits-for-us-empty-title = Nobody is waiting for us
waits-for-us-empty-text = Files that came, versions that were declined, orders and tasks that are behind, and appointments that need another time appear here.
waits-request = sent by { $who }, to be looked at
waits-arrival = sent by { $who } without being asked
waits-declined = declined by { $who }
waits-order = { $who } is due
waits-task = our task in { $who }
waits-wish = asks for another time
waits-lapsed = no time was chosen
waits-since-day = since { $day }
waits-for-them = We are waiting for
waits-for-them-empty-title = Nothing is open
waits-for-them-empty-text = Decisions, files, tasks and times of appointments that customers still owe appear here.
waits-for-them-all = All open decisions
waits-approvals = { $count ->
    [one] one decision
   *[other] { $count } decisions
}
waits-requests = { $count ->
    [one] one file
   *[other] { $count } files
}
waits-tasks = { $count ->
    [one] one task
   *[other] { $count } tasks
}
waits-appointments = { $count ->
    [one] a time for an appointment
   *[other] times for { $count } appointments
}
waits-orders = { $count ->
    [one] one order
   *[other] { $count } orders
}
late-title = Overdue by customer
late-customer = Customer
late-approvals = Decisions
late-requests = Files
late-orders = Orders
late-tasks = Tasks
late-appointments = Appointments
late-all = All
never-title = Never signed in
never-login = has a login since { $when }
never-invited = invited { $when }
failed-title = Failed
failed-jobs = { $count ->
    [one] One piece of work was given up.
   *[other] { $count } pieces of work were given up.
}
failed-import = Import, failed { $when }
