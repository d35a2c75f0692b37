# What customers are asked to send.
requests-title = Requests
requests-meta = Files that customers are asked for, the soonest due first.
requests-open = Open
requests-sent = Sent
requests-fix = To put right
requests-accepted = Accepted
requests-withdrawn = Taken back
requests-due = { $days ->
    [0] until today
    [one] until tomorrow, { $day }
   *[other] until { $day }
}
requests-new = Ask for a file
requests-new-meta = A customer gets a mail and a task, and uploads the file here.
requests-next = Continue
requests-what = What do you need?
requests-what-hint = Such as: ISO 9001 certificate. It becomes the title of the document.
requests-text = What it should be like
requests-until = Until
requests-people = Who is asked
requests-people-hint = One of them is enough. Admins of the customer see every request.
requests-ask = Ask
requests-asked-toast = The customer is asked
requests-wanted = What is wanted
requests-came = What came
requests-nothing-yet = Nothing has come yet.
requests-judge = Is this what was asked for?
requests-accept = Accept
requests-accepted-toast = Accepted
requests-fix-note = What is to be put right
requests-fix-hint = The people who were asked get it by mail.
requests-ask-again = Please fix
requests-fix-toast = They are asked to put it right
requests-fix-said = Asked to put right:
requests-fix-title = Please put this right
requests-withdraw = Take back
requests-withdraw-title = Take this question back?
requests-withdraw-text = Nobody is asked for the file any more. What was sent stays.
requests-withdrawn-toast = The question is taken back
requests-empty-title = Nothing here
requests-empty-text = Requests in this state appear here.
requests-send-title = Send the file
requests-send = Send
requests-note = A word to it
requests-who-sees = Whoever is asked, the admins of your organisation and your contacts see it.
requests-to-document = Open what was sent
requests-sent-toast = The file is sent
requests-sent-text = A file was sent. Your contact looks at it.
requests-accepted-text = This is done. Thank you.
requests-withdrawn-text = This was taken back. Nothing needs to be sent.
requests-not-yours = Somebody else is asked for this.
requests-error-sent = A file was sent already. Your contact looks at it.
requests-error-over = This is over.
requests-error-nothing = Nothing has come yet.
requests-error-note = Say what is to be put right.
requests-error-rights = One of these people may not see documents of this category.
