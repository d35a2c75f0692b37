# How orders can stand.
statuses-title = Statuses
statuses-meta = How things can stand, in words of your customers, and who acts next.
statuses-of-orders = Orders
statuses-of-projects = Projects
statuses-one-meta = Customers read the name in their own language.
statuses-new = New status
statuses-saved = The status is saved.
statuses-moved = The order of the statuses is saved.
statuses-up = Move “{ $name }” up
statuses-down = Move “{ $name }” down
statuses-is-final = final
statuses-unused = not used
statuses-used = { $count ->
    [one] used once
   *[other] used { $count } times
}
statuses-used-many = used more than { $count } times
statuses-waits-house = We act next
statuses-waits-customer = The customer acts next
statuses-waits-nobody = Nobody acts next
statuses-names = Name
statuses-look = Look
statuses-look-hint = Every colour can be read in light and in dark. The sign and the word say it without colour, too.
statuses-look-idle = Under way
statuses-look-mine = Your customer's turn
statuses-look-good = Well
statuses-look-warn = Needs a look
statuses-look-bad = Failed
statuses-sample = Status
statuses-meaning = What it means
statuses-waits-for = Who acts next
statuses-waits-hint = Both sides read this. An order that waits for the customer stands on the home page of whoever ordered it.
statuses-final = Final: nothing more will come
statuses-final-hint = What stands so is closed. Changing this closes it, or opens it again.
statuses-delete-title = Delete this status
statuses-delete-text = What stands so gets another status first, in the same step. Its customers see that it has changed.
statuses-delete = Delete status
statuses-replacement = Which status replaces it?
statuses-replace-choose = Please choose
statuses-replace-nothing = None needed
statuses-deleted = { $count ->
    [0] The status is deleted.
   *[other] The status is deleted. Moved to the other one: { $count }.
}
statuses-error-name = Please give it a name in this language.
statuses-error-twice = Another status has this name.
statuses-error-many = No more than { $max } statuses, please: they stand in one row.
statuses-error-key = A key is small letters, digits and underscores, at most 40 of them, and not taken.
statuses-error-key-fixed = The key of a status never changes.
statuses-error-order = Please name every status once.
statuses-error-replacement = Please choose another status that is there.
statuses-error-used = Something stands so. Please choose the status that replaces it.
statuses-error-last = The last status cannot be deleted.
statuses-error-stale = Somebody else has changed the statuses meanwhile. Please look at them and try again.
