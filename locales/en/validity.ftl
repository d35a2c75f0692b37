# From when and until when documents hold.
validity-from = Valid from
validity-until = Valid until
validity-notice = Days of notice
validity-notice-hint = So long before the end it stands among what is to be renewed.
validity-not-yet = Valid from { $day }
validity-valid = Valid until { $day }
validity-ends = { $days ->
    [0] Ends today
    [one] Ends tomorrow, { $day }
   *[other] Ends in { $days } days, { $day }
}
validity-expired = Expired { $day }
validity-renewals = To renew
validity-renewals-meta = Documents that end soon or have ended, the first to end first.
validity-renew = Renew
validity-all = All to renew
validity-empty-title = Nothing to renew
validity-empty-text = Documents with an end appear here when their notice begins.
validity-error-day = Enter a date between 1900 and 2199.
validity-error-order = The end lies before the beginning.
validity-error-notice = Enter a number of days from 0 to { $max }.
