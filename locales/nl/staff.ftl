# The staff's home and document list.
staff-drafts = Nog niet gepubliceerd
staff-drafts-count = { $count ->
    [0] Er wacht geen concept.
    [one] Eén concept is nog niet gepubliceerd.
   *[other] { $count } concepten zijn nog niet gepubliceerd.
}
staff-drafts-empty-title = Geen concepten
staff-drafts-empty-text = Wat is geüpload maar nog niet gepubliceerd, staat hier.
staff-all-drafts = Alle concepten
staff-add-file = Bestand toevoegen
staff-publish = Publiceren
staff-recent = Laatst gepubliceerd
staff-recent-empty-title = Nog niets gepubliceerd
staff-recent-empty-text = De laatst gepubliceerde documenten staan hier.
staff-all-customers = Alle klanten
staff-documents-meta = Alle documenten die u met uw rol mag zien, ook concepten.
staff-documents-empty-title = Geen documenten
staff-documents-empty-text = Documenten die bij deze keuze passen, staan hier.
