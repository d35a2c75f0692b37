# What customers send without being asked.
arrivals-send = Send files
arrivals-send-meta = Files that nobody has asked you for.
arrivals-organisation = Organisation
arrivals-title-hint = Left empty, each file's name becomes its title.
arrivals-files = Files
arrivals-who-sees = You, the admins of your organisation and your contacts see them.
arrivals-none-title = Nothing is open
arrivals-none-text = Your contact has not opened a category for files from you. What you are asked for is on your home page.
arrivals-sent = Sent
arrivals-sent-toast = { $count ->
    [one] The file is sent
   *[other] { $count } files are sent
}
arrivals-some-sent = { $count ->
    [one] One file was sent.
   *[other] { $count } files were sent.
}
arrivals-title = Sent by customers
arrivals-meta = What customers sent without being asked, the newest first.
arrivals-mark = Sent by the customer
arrivals-new = New
arrivals-sent-by = { $name }, { $when }
arrivals-seen = Seen
arrivals-seen-by = Seen by { $name }, { $when }
arrivals-unseen = Nobody has looked at it yet.
arrivals-see = Mark as seen
arrivals-see-named = Mark “{ $title }” as seen
arrivals-seen-toast = Marked as seen
arrivals-empty-title = Nothing here
arrivals-empty-text = What customers send without being asked waits here until somebody has looked at it.
arrivals-empty-all-text = What customers send without being asked appears here.
arrivals-error-closed = Files cannot be sent into this category.
arrivals-error-not-sent = The customer has not sent this document unasked.
arrivals-error-many = At most { $max } files can be sent at once.
