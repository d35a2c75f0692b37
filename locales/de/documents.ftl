# Documents: categories, states, lists, one document, publishing.
category-proposal = Angebote
category-contract = Verträge
category-invoice = Rechnungen
category-specification = Spezifikationen
category-minutes = Protokolle
category-other = Sonstiges

state-draft = Entwurf
state-published = Veröffentlicht
state-withdrawn = Zurückgezogen

documents-meta = Alles, was mit Ihnen geteilt wurde.
documents-categories = Kategorien
documents-category = Kategorie
documents-all = Alle
documents-all-categories = Alle Kategorien
documents-project = Projekt
documents-all-projects = Alle Projekte
documents-by-project = Nach Projekt
documents-filter = Anzeigen
documents-column-document = Dokument
documents-column-customer = Kunde
documents-column-status = Status
documents-column-date = Datum
documents-column-action = Herunterladen
documents-new-mark = (neu)
documents-unread = Neu
documents-read = Geöffnet
documents-version = Version { $number }
documents-versions = Versionen
documents-current = Aktuell
documents-older = Veraltet
documents-internal = Intern
documents-uploaded-by = { $name }, { $when }
documents-download-named = { $title } herunterladen
documents-download-size = Herunterladen ({ $size })
documents-main-action = Hauptaktion
documents-hash = SHA-256
documents-published-on = Veröffentlicht: { $when }
documents-maintain = Verwalten
documents-as-reader = Veröffentlichte Seite ansehen

documents-empty-title = Noch keine Dokumente
documents-empty-text = Sobald Ihre Ansprechperson Verträge, Spezifikationen, Rechnungen oder Protokolle mit Ihnen teilt, stehen sie hier.
documents-empty-category-title = Nichts in dieser Kategorie
documents-empty-category-text = Sobald Ihre Ansprechperson ein Dokument dieser Art mit Ihnen teilt, steht es hier.

documents-new = Neues Dokument
documents-new-meta = Laden Sie eine Datei als Entwurf hoch. Wer sie lesen darf, wählen Sie, bevor etwas veröffentlicht wird.
documents-choose = Bitte wählen
documents-customer = Kunde
documents-title = Titel
documents-title-hint = Bleibt das Feld leer, wird der Dateiname zum Titel.
documents-file = Datei
documents-file-hint = Jeder Dateityp, bis { $size }
documents-file-hint-kinds = { $kinds }, bis { $size }
documents-save-draft = Als Entwurf speichern
documents-draft-internal = Ein Entwurf ist intern: Kein Kunde sieht ihn.
documents-new-version = Neue Version
documents-upload = Neue Version hochladen
documents-replaces-at-once = Dieses Dokument ist veröffentlicht: Die neue Version ersetzt sofort die aktuelle. Frühere Versionen bleiben erhalten.
documents-details = Details
documents-save = Speichern
documents-saved = Gespeichert
documents-read-only = Mit Ihrer Rolle können Sie dieses Dokument lesen, aber nicht ändern.
documents-no-file-title = Noch keine Datei
documents-no-file-text = Laden Sie unten die erste Version hoch. Danach kann das Dokument veröffentlicht werden.
documents-change-audience = Leserkreis ändern
documents-withdraw = Zurückziehen
documents-withdraw-title = Dieses Dokument zurückziehen?
documents-withdraw-text = Danach kann kein Kunde es mehr sehen oder herunterladen. Sie können es später erneut veröffentlichen.
documents-withdrawn-text = Dieses Dokument wurde zurückgezogen. Kein Kunde sieht es.
documents-withdrawn-toast = „{ $title }“ wurde zurückgezogen
documents-published-toast = „{ $title }“ ist veröffentlicht

documents-error-title-missing = Geben Sie einen Titel ein.
documents-error-title-long = Der Titel darf höchstens { $max } Zeichen lang sein.
documents-error-category = Wählen Sie eine Kategorie, die Ihre Rolle umfasst.
documents-error-organisation = Wählen Sie einen Kunden.
documents-error-file-missing = Wählen Sie eine Datei.
documents-error-file-empty = Diese Datei ist leer. Wählen Sie eine andere.
documents-error-file-broken = Das Hochladen wurde unterbrochen. Bitte wählen Sie die Datei erneut.
documents-error-file-large = Diese Datei ist größer als { $size }. Wählen Sie eine kleinere, oder teilen Sie sie auf.
documents-error-no-file = Es gibt noch keine Datei. Laden Sie eine hoch, bevor Sie veröffentlichen.
documents-error-not-published = Dieses Dokument ist nicht veröffentlicht.
documents-error-changed = Jemand hat dieses Dokument inzwischen geändert. Es wurde nichts gespeichert. Diese Seite zeigt den aktuellen Stand.
documents-error-readers-changed = Die Liste der Personen hat sich inzwischen geändert. Es wurde nichts veröffentlicht. Bitte prüfen Sie die Liste erneut.
documents-error-audience = Wählen Sie, wer das Dokument lesen darf.
documents-error-group = Wählen Sie eine Kundengruppe, zu der dieser Kunde gehört.
documents-error-group-foreign = Zu dieser Gruppe gehören Kunden, die Ihnen nicht zugeordnet sind. Bitten Sie die Administration, das Dokument für die Gruppe zu veröffentlichen.
documents-error-people = Eine dieser Personen gehört nicht mehr zu diesem Kunden.
documents-error-people-none = Wählen Sie mindestens eine Person.
documents-error-project = Wählen Sie ein Projekt dieses Kunden.

publish-title = „{ $title }“ veröffentlichen
publish-who = Wer es lesen darf
publish-organisation = Alle bei { $name }
publish-organisation-meta = Alle im Unternehmen, ohne externe Partner
publish-project = Ein Projekt
publish-project-meta = Die Beteiligten, auch externe Partner
publish-people = Bestimmte Personen
publish-people-meta = Nur die, die Sie auswählen
publish-group = Eine Kundengruppe
publish-group-meta = Alle bei jedem Kunden der Gruppe
publish-which-project = Projekt
publish-which-group = Kundengruppe
publish-which-people = Personen
publish-show = Anzeigen, wer das ist
publish-choose-first = Wählen Sie, wer es lesen darf. Hier steht dann genau, wer das ist.
publish-will-see = { $count ->
    [0] Niemand wird das sehen
    [one] Eine Person wird das sehen
   *[other] { $count } Personen werden das sehen
}
publish-never = { $count ->
    [one] Eine Person davon hat sich noch nie angemeldet.
   *[other] { $count } davon haben sich noch nie angemeldet.
}
publish-nobody = Bei diesem Kunden würde es niemand sehen.
publish-button = { $count ->
    [0] Veröffentlichen
    [one] Für eine Person veröffentlichen
   *[other] Für { $count } Personen veröffentlichen
}
publish-button-again = { $count ->
    [0] Erneut veröffentlichen
    [one] Erneut für eine Person veröffentlichen
   *[other] Erneut für { $count } Personen veröffentlichen
}
publish-then-ask = Danach um Freigabe bitten
publish-then-ask-meta = Die nächste Seite fragt, wer von ihnen freigibt.
publish-staff-too = Die Portalverwaltung eines Kunden sieht alle Dokumente ihrer Organisation. Personen auf unserer Seite sehen es gemäß ihrer Rolle.

audience-title = Wer das sehen kann
audience-count = { $count ->
    [0] Kein Kunde kann das sehen.
    [one] Eine Person beim Kunden kann das sehen.
   *[other] { $count } Personen beim Kunden können das sehen.
}
audience-staff = Personen auf unserer Seite
audience-read = hat Version { $number } geöffnet
reason-person = namentlich ausgewählt
reason-project = im Projekt
reason-organisation = aus dieser Organisation
reason-group = in der Kundengruppe
reason-admin = verwaltet die Organisation
reason-assigned = diesem Kunden zugeordnet
reason-staff-role = aufgrund der Rolle

upload-uploading = Wird hochgeladen
upload-finishing = Datei wird sicher gespeichert
upload-failed = Das Hochladen wurde unterbrochen. Ihre Eingaben sind noch da; bitte versuchen Sie es erneut.
upload-list = Ausgewählte Dateien
upload-photo = Foto aufnehmen
upload-waiting = Ausgewählt
upload-done = Gesendet
upload-cancelled = Abgebrochen
upload-remove = Entfernen
upload-retry = Erneut versuchen
upload-interrupted = Die Verbindung ist weg. Was angekommen ist, bleibt erhalten; versuchen Sie es erneut, um fortzufahren.
upload-chosen = Ausgewählte Dateien: #
upload-count = Gesendete Dateien: # von #
upload-too-many = Zu viele Ihrer Uploads sind unvollendet. Beenden Sie einige oder brechen Sie sie ab, dann versuchen Sie es erneut.
upload-refused = Sie dürfen dies hier nicht mehr senden.
upload-offset = Der Upload ist inzwischen weiter. Er wird dort fortgesetzt, wo er steht.
upload-expired = Der Upload hat zu lange gewartet und wurde aufgegeben. Senden Sie die Datei noch einmal.
upload-locked = Die Datei wird gerade geschrieben oder gespeichert.
upload-checksum = Angekommen ist etwas anderes, als gesendet wurde. Bitte versuchen Sie es erneut.

documents-version-added = Die neue Version ist gespeichert
documents-draft-saved = Der Entwurf ist gespeichert. Wählen Sie nun, wer ihn lesen darf.

documents-note = Was ist neu
documents-note-hint = Freiwillig, eine Zeile. Alle, die die Version sehen, lesen sie.
documents-restore = Zurückholen
documents-restore-named = Version { $number } als neueste zurückholen
documents-restored-from = Holt Version { $number } zurück
documents-restored-toast = Version { $old } ist zurück, als Version { $new }
documents-error-current = Diese Version ist schon die aktuelle.

history-title = Verlauf
history-link = Verlauf dieses Dokuments
history-all = Alles
history-downloads = Downloads
history-empty-title = Noch nichts
history-empty-text = Was mit diesem Dokument geschieht, steht hier.
history-to-organisation = für die Organisation
history-to-group = für eine Kundengruppe
history-to-project = für ein Projekt
history-to-people = für bestimmte Personen
history-for = Für { $who }
history-asked = Gefragt: { $who }
history-handed-to = An { $who }
history-until = Zu entscheiden bis { $when }
history-people = { $count ->
    [one] eine Person
   *[other] { $count } Personen
}
history-others = { $count ->
    [one] eine weitere Person
   *[other] { $count } weitere Personen
}
history-asked-again = { $count ->
    [one] Zu dieser Version wird eine Person noch einmal gefragt
   *[other] Zu dieser Version werden { $count } Personen noch einmal gefragt
}
history-reminded = { $count ->
    [one] Eine Person erinnert
   *[other] { $count } Personen erinnert
}
history-outcome-approved = Damit ist die Version freigegeben
history-outcome-declined = Damit ist die Version abgelehnt

compare-title = Versionen vergleichen
compare-from = Früher
compare-to = Später
compare-show = Vergleichen
compare-what = Was
compare-file = Datei
compare-note = Was ist neu
compare-by = Von
compare-when = Hochgeladen
compare-size = Größe
compare-type = Typ
compare-same = gleich
compare-differs = verschieden
compare-empty-title = Nur eine Version
compare-empty-text = Sobald es eine zweite gibt, lassen sich beide hier vergleichen.

archive-download = Ausgewählte als Zip-Datei herunterladen
archive-choose = { $title } auswählen
archive-column = Auswählen
archive-error-none = Wählen Sie mindestens ein Dokument aus.
archive-error-many = Höchstens { $max } Dokumente auf einmal.

bulk-look = Ausgewählte veröffentlichen, verschieben, verschlagworten
bulk-title = Ausgewählte Dokumente
bulk-meta = Sehen Sie, was geschieht. Es geschieht mit allen oder mit keinem.
bulk-none-text = Kreuzen Sie zuerst Dokumente in der Liste an.
bulk-publish-title = Veröffentlichen
bulk-publish = { $count ->
    [one] Ein Dokument veröffentlichen
   *[other] { $count } Dokumente veröffentlichen
}
bulk-left-out = Bleiben, wie sie sind
bulk-not-published = Schon veröffentlicht, ohne Datei oder nicht Ihre Sache
bulk-needs-choice = In dieser Art wird ausgewählt, wer es sieht: Veröffentlichen Sie es auf seiner eigenen Seite.
bulk-nothing-title = Nichts zu veröffentlichen
bulk-nothing-text = Von hier aus werden nur Entwürfe und Zurückgezogenes veröffentlicht, jeweils für alle beim Kunden.
bulk-move-title = In eine Kategorie verschieben
bulk-move = { $count ->
    [one] Ein Dokument verschieben
   *[other] { $count } Dokumente verschieben
}
bulk-published-toast = { $count ->
    [one] Ein Dokument ist veröffentlicht
   *[other] { $count } Dokumente sind veröffentlicht
}
bulk-moved-toast = { $count ->
    [one] Ein Dokument wurde verschoben
   *[other] { $count } Dokumente wurden verschoben
}
bulk-error-published = Es ist schon veröffentlicht. Ändern Sie auf seiner eigenen Seite, wer es sieht.

sort-label = Reihenfolge
sort-newest = Neueste zuerst
sort-oldest = Älteste zuerst
sort-title = Titel, A bis Z
sort-valid-until = Gültig bis, das Nächste zuerst
sort-by = (sortieren: { $order })
sort-valid-until-only = Dokumente ohne Ende der Gültigkeit fehlen in dieser Reihenfolge.
