imports-error-day = “{ $text }” is not a date, or could be two.
imports-error-number = “{ $text }” is not a number.
imports-error-number-at = “{ $text }” in line { $line } is not a number.
imports-error-no-quantity = Line { $line } says no quantity.
