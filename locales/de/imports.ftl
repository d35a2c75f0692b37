imports-error-day = „{ $text }“ ist kein Datum, oder könnte zwei sein.
imports-error-number = „{ $text }“ ist keine Zahl.
imports-error-number-at = „{ $text }“ in Zeile { $line } ist keine Zahl.
imports-error-no-quantity = In Zeile { $line } steht keine Menge.
