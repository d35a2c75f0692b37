# Customers' master data, and looking at the portal as one of their people.
view-as-link = View as { $name }
view-as-short = View as
view-as-title = See the portal as { $name }
view-as-what = You will see every page exactly as this person does, for half an hour. You can change nothing, and you can download only what your own role includes. What you open stays unread for them.
view-as-reason = Reason
view-as-recorded = For example the number of a ticket. It is recorded, with the beginning and the end.
view-as-recorded-shown = For example the number of a ticket. It is recorded, and the customer's administrators can read it.
view-as-begin = Start viewing
view-as-reason-missing = Enter why you need to look.
view-as-reason-long = The reason may have at most { $max } characters.
view-as-banner = Viewing as a customer
view-as-bar = You see what { $name } sees
view-as-bar-place = at { $organisation }. Read only.
view-as-bar-facts = Reason: { $reason }, ends { $time }, recorded
view-as-stop = Stop viewing
view-as-ended = You see your own pages again
view-as-over = Viewing as a customer has ended. You see your own pages again.
