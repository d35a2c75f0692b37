### What people are told: the bell, its page, and the kinds there are.

notifications-title = Notifications
notifications-meta = What happened to what you can see. It also comes by mail, as you set it.
notifications-settings = Settings
notifications-which = Which
notifications-all = All
notifications-unread = Unread
notifications-area = Area
notifications-area-any = All areas
notifications-filter = Show
notifications-mark-all = Mark all as read
notifications-mark-one = Mark as read: { $title }
notifications-all-seen = { $count ->
    [one] One notification marked as read.
   *[other] { $count } notifications marked as read.
}
notifications-new = New
notifications-needs-me = Your turn
notifications-empty-title = Nothing yet
notifications-empty-text = As soon as a document is published for you, an order changes or somebody needs an answer, it appears here.
notifications-none-unread-title = Everything read
notifications-none-unread-text = What is new appears here by itself.
notifications-bell = Notifications
notifications-bell-count = Notifications, { $count } unread

## Areas.

notifications-area-documents = Documents
notifications-area-approvals = Approvals
notifications-area-files = Files asked for and sent
notifications-area-orders = Orders
notifications-area-projects = Projects
notifications-area-appointments = Appointments
notifications-area-organisation = People and master data
notifications-area-announcements = Announcements
notifications-area-imports = Imports
notifications-area-security = Sign-in and security

## What the kinds are called, for settings.

notifications-kind-document-published = New documents
notifications-kind-document-version = New versions of documents
notifications-kind-document-withdrawn = Documents taken back
notifications-kind-document-ends = Documents that end
notifications-kind-file-held = Files held by the virus scanner
notifications-kind-approval-asked = Approvals asked of me
notifications-kind-approval-reminder = Reminders of approvals
notifications-kind-approval-withdrawn = Approvals no longer asked of me
notifications-kind-approval-over = Outcome of approvals I asked for
notifications-kind-request-asked = Files asked of me
notifications-kind-request-reminder = Reminders of files
notifications-kind-request-withdrawn = Files no longer asked of us
notifications-kind-request-accepted = Files of ours that were accepted
notifications-kind-request-answered = Files I asked for have come
notifications-kind-file-arrived = Files that customers send
notifications-kind-order-created = New orders
notifications-kind-order-changed = Changes to orders
notifications-kind-orders-changed = Many orders at once
notifications-kind-order-confirmed = Orders confirmed by customers
notifications-kind-task-asked = Tasks for me
notifications-kind-task-reminder = Reminders of tasks
notifications-kind-task-done = Tasks done by the other side
notifications-kind-project-created = New projects
notifications-kind-project-changed = Changes to projects
notifications-kind-projects-changed = Many projects at once
notifications-kind-project-joined = Projects I am added to
notifications-kind-project-comment = Comments in projects
notifications-kind-project-report = Status reports of projects
notifications-kind-project-decision = Decisions in projects
notifications-kind-project-milestone = Milestones of projects
notifications-kind-appointment-proposed = Times proposed to me
notifications-kind-appointment-wished = Other times asked for by customers
notifications-kind-appointment-changed = Appointments agreed, changed or cancelled
notifications-kind-appointment-reminder = Reminders of appointments
notifications-kind-member-joined = New people in the organisation
notifications-kind-member-changed = Changed rights of people
notifications-kind-member-removed = People who left the organisation
notifications-kind-organisation-changed = Master data of my customers
notifications-kind-organisation-assigned = Customers assigned to me
notifications-kind-organisation-security = Sign-in rules of the organisation
notifications-kind-announcement = Announcements
notifications-kind-import-failed = Files that were not imported
notifications-kind-security-factor = Changes to my second factor
notifications-kind-security-suspect = Suspicious passkeys
notifications-kind-security-password = Changes of my password
notifications-kind-security-address = Changes of my sign-in address
notifications-kind-security-device = Sign-ins on a new device
notifications-kind-security-token = New API tokens of mine
notifications-kind-security-membership = My rights in an organisation
notifications-kind-security-access = My sign-in suspended or restored

## What a line says.

notifications-line-document-published = New document: { $title }
notifications-line-document-version = New version: { $title }
notifications-line-document-withdrawn = Taken back: { $title }
notifications-line-document-ends = Runs out soon: { $title }
notifications-line-file-held = The virus scanner holds a file: { $title }
notifications-line-approval-asked = Please approve: { $title }
notifications-line-approval-reminder = Still to approve: { $title }
notifications-line-approval-withdrawn = No longer to approve: { $title }
notifications-line-approval-over = Approval decided: { $title }
notifications-line-request-asked = Please send: { $title }
notifications-line-request-reminder = Still to send: { $title }
notifications-line-request-withdrawn = No longer to send: { $title }
notifications-line-request-accepted = Accepted: { $title }
notifications-line-request-answered = File received: { $title }
notifications-line-file-arrived = New files from { $title }
notifications-line-order-created = New order: { $title }
notifications-line-order-changed = Order changed: { $title }
notifications-line-orders-changed = { $created ->
    [0] { $changed ->
        [one] One order changed
       *[other] { $changed } orders changed
    }
   *[other] { $changed ->
        [0] { $created ->
            [one] One new order
           *[other] { $created } new orders
        }
       *[other] { $count } orders new or changed
    }
}
notifications-line-order-confirmed = Confirmed by the customer: { $title }
notifications-line-task-asked = To do: { $title }
notifications-line-task-reminder = Still to do: { $title }
notifications-line-task-done = Done: { $title }
notifications-line-project-created = New project: { $title }
notifications-line-project-changed = Project changed: { $title }
notifications-line-projects-changed = { $created ->
    [0] { $changed ->
        [one] One project changed
       *[other] { $changed } projects changed
    }
   *[other] { $changed ->
        [0] { $created ->
            [one] One new project
           *[other] { $created } new projects
        }
       *[other] { $count } projects new or changed
    }
}
notifications-line-project-joined = You are on this project now: { $title }
notifications-line-project-comment = New comment: { $title }
notifications-line-project-report = How it stands: { $title }
notifications-line-project-decision = Decided: { $title }
notifications-line-project-milestone = Milestones changed: { $title }
notifications-line-appointment-proposed = Please choose a time: { $title }
notifications-line-appointment-wished = Another time is asked for: { $title }
notifications-line-appointment-changed = Appointment updated: { $title }
notifications-line-appointment-reminder = Coming up: { $title }
notifications-line-member-joined = Now part of it: { $title }
notifications-line-member-changed = Rights changed: { $title }
notifications-line-member-removed = No longer part of it: { $title }
notifications-line-organisation-changed = Master data changed: { $title }
notifications-line-organisation-assigned = You look after this customer now: { $title }
notifications-line-organisation-security = Sign-in rules changed: { $title }
notifications-line-announcement = Announcement: { $title }
notifications-line-import-failed = { $rejected ->
    [0] Not imported: { $title }
    [one] Not imported: { $title }, one row is wrong
   *[other] Not imported: { $title }, { $rejected } rows are wrong
}
notifications-line-security-factor = Your second factor has changed
notifications-line-security-suspect = A passkey of yours was blocked
notifications-line-security-password = Your password has changed
notifications-line-security-address = Your sign-in address has changed
notifications-line-security-device = Somebody signed in as you on a new device
notifications-line-security-token = An API token was made for you
notifications-line-security-membership = Your rights have changed: { $title }
notifications-line-security-access = Your sign-in was suspended or restored
