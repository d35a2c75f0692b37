imports-error-day = “{ $text }” is geen datum, of kan er twee zijn.
imports-error-number = “{ $text }” is geen getal.
imports-error-number-at = “{ $text }” in regel { $line } is geen getal.
imports-error-no-quantity = In regel { $line } staat geen aantal.
