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
staff-recent = Zuletzt veröffentlicht
staff-recent-empty-title = Noch nichts veröffentlicht
staff-recent-empty-text = Die zuletzt veröffentlichten Dokumente stehen hier.
staff-all-customers = Alle Kunden
staff-documents-meta = Alle Dokumente, die Sie mit Ihrer Rolle sehen dürfen, auch Entwürfe.
staff-documents-empty-title = Keine Dokumente
staff-documents-empty-text = Dokumente, die zu dieser Auswahl passen, stehen hier.
