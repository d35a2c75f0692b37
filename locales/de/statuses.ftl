# Wie Aufträge stehen können.
statuses-title = Status
statuses-meta = Wie etwas stehen kann, in Worten Ihrer Kunden, und wer als Nächstes handelt.
statuses-of-orders = Aufträge
statuses-of-projects = Projekte
statuses-one-meta = Kunden lesen den Namen in ihrer eigenen Sprache.
statuses-new = Neuer Status
statuses-saved = Der Status ist gespeichert.
statuses-moved = Die Reihenfolge der Status ist gespeichert.
statuses-up = „{ $name }“ nach oben
statuses-down = „{ $name }“ nach unten
statuses-is-final = abschließend
statuses-unused = nicht verwendet
statuses-used = { $count ->
    [one] einmal verwendet
   *[other] { $count }-mal verwendet
}
statuses-used-many = mehr als { $count }-mal verwendet
statuses-waits-house = Als Nächstes handeln wir
statuses-waits-customer = Als Nächstes handelt der Kunde
statuses-waits-nobody = Als Nächstes handelt niemand
statuses-names = Name
statuses-look = Aussehen
statuses-look-hint = Jede Farbe ist hell und dunkel lesbar. Zeichen und Wort sagen es auch ohne Farbe.
statuses-look-idle = Unterwegs
statuses-look-mine = Der Kunde ist am Zug
statuses-look-good = Gut
statuses-look-warn = Braucht einen Blick
statuses-look-bad = Fehlgeschlagen
statuses-sample = Status
statuses-meaning = Was er bedeutet
statuses-waits-for = Wer handelt als Nächstes
statuses-waits-hint = Beide Seiten lesen das. Ein Auftrag, der auf den Kunden wartet, steht auf der Startseite der Person, die bestellt hat.
statuses-final = Abschließend: Es kommt nichts mehr
statuses-final-hint = Was diesen Status hat, ist abgeschlossen. Wenn Sie das ändern, wird es abgeschlossen oder wieder geöffnet.
statuses-delete-title = Diesen Status löschen
statuses-delete-text = Was diesen Status hat, bekommt im selben Schritt einen anderen. Die Kunden sehen, dass er sich geändert hat.
statuses-delete = Status löschen
statuses-replacement = Welcher Status tritt an seine Stelle?
statuses-replace-choose = Bitte wählen
statuses-replace-nothing = Keiner nötig
statuses-deleted = { $count ->
    [0] Der Status ist gelöscht.
   *[other] Der Status ist gelöscht. Auf den anderen umgestellt: { $count }.
}
statuses-error-name = Bitte geben Sie ihm in dieser Sprache einen Namen.
statuses-error-twice = So heißt schon ein anderer Status.
statuses-error-many = Bitte höchstens { $max } Status: Sie stehen in einer Reihe.
statuses-error-key = Ein Schlüssel besteht aus höchstens 40 Kleinbuchstaben, Ziffern und Unterstrichen und ist noch frei.
statuses-error-key-fixed = Der Schlüssel eines Status ändert sich nie.
statuses-error-order = Bitte nennen Sie jeden Status einmal.
statuses-error-replacement = Bitte wählen Sie einen anderen Status, den es gibt.
statuses-error-used = Dieser Status wird verwendet. Bitte wählen Sie, welcher an seine Stelle tritt.
statuses-error-last = Der letzte Status kann nicht gelöscht werden.
statuses-error-stale = Jemand anderes hat die Status inzwischen geändert. Bitte sehen Sie sie an und versuchen Sie es noch einmal.
