# The staff's home and document list.
staff-drafts = Noch nicht veröffentlicht
staff-drafts-count = { $count ->
    [0] Kein Entwurf wartet.
    [one] Ein Entwurf ist noch nicht veröffentlicht.
   *[other] { $count } Entwürfe sind noch nicht veröffentlicht.
}
staff-drafts-empty-title = Keine Entwürfe
staff-drafts-empty-text = Was hochgeladen, aber noch nicht veröffentlicht ist, steht hier.
staff-all-drafts = Alle Entwürfe
staff-add-file = Datei hinzufügen
staff-publish = Veröffentlichen
activity = Letzte Ereignisse
activity-create = Angelegt von { $who }
activity-upload = Neue Version von { $who }
activity-edit = Geändert von { $who }
activity-restore = Ältere Version zurückgeholt von { $who }
activity-publish = Veröffentlicht von { $who }
activity-withdraw = Zurückgezogen von { $who }
activity-download = Heruntergeladen von { $who }
activity-by = Von { $who }
activity-other = jemandem bei einem anderen Kunden
activity-operator = der Betriebsstelle
activity-empty-title = In letzter Zeit ist nichts geschehen
activity-empty-text = Was veröffentlicht, ersetzt und heruntergeladen wird, steht hier.
staff-all-customers = Alle Kunden
staff-documents-meta = Alle Dokumente, die Sie mit Ihrer Rolle sehen dürfen, auch Entwürfe.
staff-documents-empty-title = Keine Dokumente
staff-documents-empty-text = Dokumente, die zu dieser Auswahl passen, stehen hier.
