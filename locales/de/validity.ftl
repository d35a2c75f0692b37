# Von wann bis wann Dokumente gelten.
validity-from = Gültig ab
validity-until = Gültig bis
validity-notice = Tage Vorlauf
validity-notice-hint = So lange vor dem Ende steht es unter dem, was zu erneuern ist.
validity-not-yet = Gültig ab { $day }
validity-valid = Gültig bis { $day }
validity-ends = { $days ->
    [0] Läuft heute ab
    [one] Läuft morgen ab, { $day }
   *[other] Läuft in { $days } Tagen ab, { $day }
}
validity-expired = Abgelaufen { $day }
validity-renewals = Zu erneuern
validity-renewals-meta = Dokumente, die bald ablaufen oder abgelaufen sind, die frühesten zuerst.
validity-renew = Erneuern
validity-all = Alles zu Erneuernde
validity-empty-title = Nichts zu erneuern
validity-empty-text = Dokumente mit einem Ende stehen hier, sobald ihr Vorlauf beginnt.
validity-error-day = Geben Sie ein Datum zwischen 1900 und 2199 ein.
validity-error-order = Das Ende liegt vor dem Anfang.
validity-error-notice = Geben Sie eine Zahl von 0 bis { $max } ein.
