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
activity = Recente activiteit
activity-create = Aangemaakt door { $who }
activity-upload = Nieuwe versie van { $who }
activity-edit = Gewijzigd door { $who }
activity-restore = Oudere versie teruggehaald door { $who }
activity-publish = Gepubliceerd door { $who }
activity-withdraw = Ingetrokken door { $who }
activity-download = Gedownload door { $who }
activity-by = Door { $who }
activity-other = iemand bij een andere klant
activity-operator = het beheer
activity-empty-title = De laatste tijd is er niets gebeurd
activity-empty-text = Wat wordt gepubliceerd, vervangen en gedownload, staat hier.
staff-all-customers = Alle klanten
staff-documents-meta = Alle documenten die u met uw rol mag zien, ook concepten.
staff-documents-empty-title = Geen documenten
staff-documents-empty-text = Documenten die bij deze keuze passen, staan hier.
