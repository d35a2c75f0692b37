# How orders can stand.
statuses-title = Statuses
statuses-meta = How things can stand, in words of your customers, and who acts next.
statuses-of-orders = Statuses of orders
statuses-one-meta = Customers read the name in their own language.
statuses-new = New status
statuses-saved = The status is saved.
statuses-moved = The order of the statuses is saved.
statuses-up = Move “{ $name }” up
statuses-down = Move “{ $name }” down
statuses-is-final = final
statuses-unused = not used
statuses-used = { $count ->
    [one] one order
   *[other] { $count } orders
}
statuses-used-many = more than { $count } orders
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
statuses-waits-hint = What waits for the customer stands on the home page of the person who ordered.
statuses-final = Final: nothing more will come
statuses-final-hint = Orders that stand so are closed. Changing this closes them, or opens them again.
statuses-delete-title = Delete this status
statuses-delete-text = Orders that stand so get another status first, in the same step. Their customers see that it has changed.
statuses-delete = Delete status
statuses-replacement = Which status replaces it?
statuses-replace-choose = Please choose
statuses-replace-nothing = None needed
statuses-deleted = { $count ->
    [0] The status is deleted.
    [one] The status is deleted, and one order has the other one.
   *[other] The status is deleted, and { $count } orders have the other one.
}
statuses-error-name = Please give it a name in this language.
statuses-error-twice = Another status has this name.
statuses-error-many = No more than { $max } statuses, please: they stand in one row.
statuses-error-key = A key is small letters, digits and underscores, at most 40 of them, and not taken.
statuses-error-key-fixed = The key of a status never changes.
statuses-error-order = Please name every status once.
statuses-error-replacement = Please choose another status that is there.
statuses-error-used = Orders stand so. Please choose the status that replaces it.
statuses-error-last = The last status cannot be deleted.
statuses-error-stale = Somebody else has changed the statuses meanwhile. Please look at them and try again.
