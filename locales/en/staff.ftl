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
activity-empty-title = Nothing has happened lately
activity-empty-text = What is published, replaced and downloaded appears here.
staff-all-customers = All customers
staff-documents-meta = Every document your role may see, drafts too.
staff-documents-empty-title = No documents here
staff-documents-empty-text = Documents that match this choice appear here.
