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
activity-none = Hier is niets dat u mag zien.
activity-empty-title = De laatste tijd is er niets gebeurd
activity-empty-text = Wat wordt gepubliceerd, vervangen en gedownload, staat hier.
staff-all-customers = Alle klanten
staff-documents-meta = Alle documenten die u met uw rol mag zien, ook concepten.
staff-documents-empty-title = Geen documenten
staff-documents-empty-text = Documenten die bij deze keuze passen, staan hier.

waits-count = { $count ->
    [0] Niemand wacht op ons.
    [one] Eén punt wacht op ons.
   *[other] Er wachten { $count } punten op ons.
}
waits-for-us = Wacht op ons
waits-for-us-empty-title = Niemand wacht op ons
waits-for-us-empty-text = Bestanden die zijn binnengekomen, afgewezen versies, orders en taken die achterlopen en afspraken die een andere tijd nodig hebben, staan hier.
waits-request = gestuurd door { $who }, te beoordelen
waits-arrival = ongevraagd gestuurd door { $who }
waits-declined = afgewezen door { $who }
waits-order = { $who } is aan de beurt
waits-task = onze taak in { $who }
waits-wish = vraagt om een andere tijd
waits-lapsed = er is geen tijd gekozen
waits-since-day = sinds { $day }
waits-for-them = Wij wachten op
waits-for-them-empty-title = Niets staat open
waits-for-them-empty-text = Beslissingen, bestanden, taken en tijden voor afspraken die nog van klanten moeten komen, staan hier.
waits-for-them-all = Alle open beslissingen
waits-approvals = { $count ->
    [one] één beslissing
   *[other] { $count } beslissingen
}
waits-requests = { $count ->
    [one] één bestand
   *[other] { $count } bestanden
}
waits-tasks = { $count ->
    [one] één taak
   *[other] { $count } taken
}
waits-appointments = { $count ->
    [one] een tijd voor een afspraak
   *[other] tijden voor { $count } afspraken
}
waits-orders = { $count ->
    [one] één order
   *[other] { $count } orders
}
late-title = Te laat per klant
late-customer = Klant
late-approvals = Beslissingen
late-requests = Bestanden
late-orders = Orders
late-tasks = Taken
late-appointments = Afspraken
late-all = Alles
never-title = Nog nooit aangemeld
never-login = toegang sinds: { $when }
never-invited = uitgenodigd: { $when }
failed-title = Mislukt
failed-jobs = { $count ->
    [one] Eén taak is opgegeven.
   *[other] { $count } taken zijn opgegeven.
}
failed-import = Import, { $when } mislukt
