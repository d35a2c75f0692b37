announcements-title = Mitteilungen
announcements-meta = Ein Hinweis auf jeder Seite derer, für die er bestimmt ist, bis sie ihn schließen oder seine Zeit vorbei ist.
announcements-new = Mitteilung schreiben
announcements-edit = Ändern
announcements-form-meta = Zuerst ist es ein Entwurf: Niemand sieht ihn, bevor Sie ihn veröffentlichen.
announcements-by = geschrieben von { $name }, { $when }
announcements-empty-title = Noch keine Mitteilungen
announcements-empty-text = Wartung, Betriebsferien, eine neue Telefonnummer: Was Sie hier schreiben, steht oben auf den Seiten derer, die es betrifft.
announcements-info = Information
announcements-warning = Warnung
announcements-urgent = Dringend
announcements-everyone = Alle
announcements-customers = Alle Kunden
announcements-staff = Das eigene Haus
announcements-groups = Bestimmte Kundengruppen
announcements-draft = Entwurf
announcements-published = Veröffentlicht
announcements-planned = Geplant
announcements-running = Wird gezeigt
announcements-over = Vorbei
announcements-withdrawn = Zurückgezogen
announcements-always = ab sofort, bis Sie sie zurückziehen
announcements-from = ab { $start }
announcements-until = bis { $end }
announcements-from-until = { $start } bis { $end }
announcements-words = Was sie sagt
announcements-field-title = In einem Satz, { $language }
announcements-field-text = Mehr dazu, { $language }
announcements-versions = So wird sie gelesen
announcements-no-version = Keine Fassung in dieser Sprache: Wer sie liest, bekommt die erste, die es gibt.
announcements-readers = Wer sie sieht
announcements-audience = Für wen
announcements-which-groups = Gruppen
announcements-which-groups-hint = Nur für Mitteilungen an bestimmte Kundengruppen.
announcements-group-size = { $count ->
    [one] ein Kunde
   *[other] { $count } Kunden
}
announcements-how = Wie und wann
announcements-severity = Wie wichtig sie ist
announcements-starts = Von
announcements-starts-hint = Leer: sobald sie veröffentlicht ist.
announcements-ends = Bis
announcements-ends-hint = Leer: bis Sie sie zurückziehen.
announcements-confirm = Muss bestätigt werden
announcements-confirm-hint = Wer bestätigt hat, wird gezählt und festgehalten.
announcements-save = Speichern
announcements-saved = Gespeichert.
announcements-people = { $people ->
    [0] Niemand ist da, der sie sehen könnte.
    [one] Eine Person{ $never ->
        [0] .
       *[other] , die sich noch nie angemeldet hat.
    }
   *[other] { $people } Personen{ $never ->
        [0] .
        [one] , eine hat sich noch nie angemeldet.
       *[other] , { $never } haben sich noch nie angemeldet.
    }
}
announcements-seen = Gesehen
announcements-closed = Geschlossen
announcements-confirmed = Bestätigt
announcements-of = { $part } von { $all }
announcements-publish = Veröffentlichen
announcements-publish-title = Diese Mitteilung veröffentlichen?
announcements-published-toast = Veröffentlicht. Sie steht auf den Seiten derer, für die sie bestimmt ist.
announcements-withdraw = Zurückziehen
announcements-withdraw-title = Diese Mitteilung zurückziehen?
announcements-withdraw-text = Sie verschwindet sofort von allen Seiten. Sie können sie wieder veröffentlichen.
announcements-withdrawn-toast = Zurückgezogen.
announcements-region = Mitteilungen
announcements-close-button = Schließen
announcements-confirm-button = Bestätigen
announcements-error-title = Ein Text braucht eine Überschrift.
announcements-error-no-version = Schreiben Sie sie mindestens in einer Sprache.
announcements-error-groups = Wählen Sie mindestens eine Gruppe.
announcements-error-order = Sie endet, bevor sie beginnt.
announcements-error-past = Ihr Ende ist vorbei. Verschieben Sie es zuerst.
announcements-error-moment = Geben Sie Tag und Uhrzeit an, etwa 2026-11-30 18:00.
announcements-error-changed = Jemand hat diese Mitteilung inzwischen geändert. Sehen Sie sie an und speichern Sie noch einmal.
