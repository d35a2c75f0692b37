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
staff-recent = Published last
staff-recent-empty-title = Nothing published yet
staff-recent-empty-text = The latest published documents appear here.
staff-all-customers = All customers
staff-documents-meta = Every document your role may see, drafts too.
staff-documents-empty-title = No documents here
staff-documents-empty-text = Documents that match this choice appear here.
