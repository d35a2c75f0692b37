# Van wanneer tot wanneer documenten gelden.
validity-from = Geldig vanaf
validity-until = Geldig tot en met
validity-notice = Dagen vooraf
validity-notice-hint = Zo lang voor het einde staat het bij wat te vernieuwen is.
validity-not-yet = Geldig vanaf { $day }
validity-valid = Geldig tot en met { $day }
validity-ends = { $days ->
    [0] Verloopt vandaag
    [one] Verloopt morgen, { $day }
   *[other] Verloopt over { $days } dagen, { $day }
}
validity-expired = Verlopen { $day }
validity-renewals = Te vernieuwen
validity-renewals-meta = Documenten die binnenkort verlopen of verlopen zijn, de vroegste eerst.
validity-renew = Vernieuwen
validity-all = Alles wat te vernieuwen is
validity-empty-title = Niets te vernieuwen
validity-empty-text = Documenten met een einde staan hier zodra hun termijn begint.
validity-error-day = Voer een datum tussen 1900 en 2199 in.
validity-error-order = Het einde ligt vóór het begin.
validity-error-notice = Voer een aantal dagen van 0 tot { $max } in.
