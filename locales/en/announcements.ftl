announcements-title = Announcements
announcements-meta = A banner on every page of those it is for, until they close it or it is over.
announcements-new = Write an announcement
announcements-edit = Change
announcements-form-meta = It is a draft first: nobody sees it before you publish it.
announcements-by = written by { $name }, { $when }
announcements-empty-title = Nothing was announced yet
announcements-empty-text = Maintenance, holidays, a new phone number: what you write here stands on top of the pages of those it is for.
announcements-info = Information
announcements-warning = Warning
announcements-urgent = Urgent
announcements-everyone = Everyone
announcements-customers = All customers
announcements-staff = Staff
announcements-groups = Some customer groups
announcements-draft = Draft
announcements-published = Published
announcements-planned = Planned
announcements-running = Shown now
announcements-over = Over
announcements-withdrawn = Taken back
announcements-always = from now on, until you take it back
announcements-from = from { $start } on
announcements-until = until { $end }
announcements-from-until = { $start } to { $end }
announcements-words = What it says
announcements-field-title = In one sentence, { $language }
announcements-field-text = More about it, { $language }
announcements-versions = As it is read
announcements-no-version = No version in this language: its readers get the first one there is.
announcements-readers = Who sees it
announcements-audience = For whom
announcements-which-groups = Groups
announcements-which-groups-hint = Only for announcements to some customer groups.
announcements-group-size = { $count ->
    [one] one customer
   *[other] { $count } customers
}
announcements-how = How and when
announcements-severity = How much it matters
announcements-starts = From
announcements-starts-hint = Empty: as soon as it is published.
announcements-ends = Until
announcements-ends-hint = Empty: until you take it back.
announcements-confirm = Readers have to confirm it
announcements-confirm-hint = Who has is counted, and on record.
announcements-save = Save
announcements-saved = Saved.
announcements-people = { $people ->
    [0] Nobody is there to see it.
    [one] One person{ $never ->
        [0] .
       *[other] , who has never signed in.
    }
   *[other] { $people } people{ $never ->
        [0] .
        [one] , one has never signed in.
       *[other] , { $never } have never signed in.
    }
}
announcements-seen = Seen
announcements-closed = Closed
announcements-confirmed = Confirmed
announcements-of = { $part } of { $all }
announcements-publish = Publish
announcements-publish-title = Publish this announcement?
announcements-published-toast = Published. It stands on the pages of those it is for.
announcements-withdraw = Take back
announcements-withdraw-title = Take this announcement back?
announcements-withdraw-text = It disappears from every page at once. You can publish it again.
announcements-withdrawn-toast = Taken back.
announcements-region = Announcements
announcements-close-button = Close
announcements-confirm-button = Confirm
announcements-error-title = A text needs a title.
announcements-error-no-version = Write it in at least one language.
announcements-error-groups = Choose at least one group.
announcements-error-order = It ends before it begins.
announcements-error-past = Its end has passed. Move it first.
announcements-error-moment = Enter a day and an hour, such as 2026-11-30 18:00.
announcements-error-changed = Somebody has changed this announcement meanwhile. Look at it, and save again.
