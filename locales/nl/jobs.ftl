# The job queue.
jobs-kind-mail = E-mail
jobs-kind-password-reset = Vergeten wachtwoord
jobs-kind-sign-in-link = Aanmeldlink
jobs-kind-uploads = Afgebroken uploads verwijderen
jobs-kind-sessions = Beëindigde sessies verwijderen
jobs-kind-throttles = Oude tellingen van mislukte aanmeldingen verwijderen
jobs-kind-idempotency = Oude idempotentiesleutels verwijderen
jobs-kind-links = Verlopen links verwijderen
jobs-kind-audit = Auditlogboek controleren
jobs-kind-views = Verlopen weergaven als klant beëindigen
jobs-kind-approvals = Aan goedkeuringen herinneren
jobs-kind-retention = Documenten na afloop verwijderen
jobs-kind-requests = Herinneren aan gevraagde bestanden
jobs-kind-tasks = Herinneren aan taken van projecten
jobs-kind-appointments = Herinneren aan afspraken
jobs-kind-renewals = Wijzen op wat verloopt
jobs-kind-arrivals = Melden wat klanten gestuurd hebben
jobs-kind-scan = Bestand op virussen controleren
jobs-kind-scan-all = Alle bestanden op virussen controleren
jobs-kind-preview = Voorbeeld van een bestand maken
jobs-kind-preview-all = Ontbrekende voorbeelden maken
jobs-kind-jobs = Voltooide taken verwijderen
jobs-kind-words = Woorden van verwijderde documenten vergeten
jobs-conflict-state = De taak loopt inmiddels of is klaar. Bekijk de lijst opnieuw.
jobs-conflict-replaced = Er wacht al een nieuwere taak voor hetzelfde. Laat in plaats daarvan deze vallen.
jobs-meta = E-mails en huishoudelijk werk van het portaal: wat wacht, wat loopt, wat is opgegeven.
jobs-dead-notice = { $count ->
    [one] Eén taak is opgegeven.
   *[other] { $count } taken zijn opgegeven.
}
jobs-dead-one = Deze taak is opgegeven.
jobs-dead-text = Neem eerst de oorzaak weg, bijvoorbeeld een mailserver die weigert. Laat het daarna opnieuw proberen, of laat de taak vallen.
jobs-retry-failed = Alle mislukte opnieuw proberen
jobs-retry = Nu opnieuw proberen
jobs-drop = Laten vallen
jobs-drop-title = Deze taak laten vallen?
jobs-drop-text = Ze wordt niet uitgevoerd. Een e-mail wordt niet verstuurd.
jobs-retried = De taak wordt nu opnieuw geprobeerd.
jobs-retried-count = { $count ->
    [0] Er is niets mislukt.
    [one] Eén taak wordt nu opnieuw geprobeerd.
   *[other] { $count } taken worden nu opnieuw geprobeerd.
}
jobs-dropped = De taak is vervallen.
jobs-count-dead = Opgegeven
jobs-count-waiting = Wachtend
jobs-count-running = Lopend
jobs-oldest = De oudste: { $age }
jobs-age-now = zojuist
jobs-age-minutes = { $count ->
    [one] één minuut oud
   *[other] { $count } minuten oud
}
jobs-age-hours = { $count } uur oud
jobs-age-days = { $count ->
    [one] één dag oud
   *[other] { $count } dagen oud
}
jobs-tab-all = Alle
jobs-tab-dead = Opgegeven
jobs-tab-waiting = Wachtend
jobs-tab-running = Lopend
jobs-tab-done = Klaar
jobs-state = Toestand
jobs-state-waiting = Wacht
jobs-state-again = Mislukt, wordt opnieuw geprobeerd
jobs-state-running = Loopt
jobs-state-done = Klaar
jobs-state-dead = Opgegeven
jobs-kind = Soort
jobs-all-kinds = Alle soorten
jobs-filter = Filteren
jobs-work = Taak
jobs-attempts = Pogingen
jobs-attempts-of = { $attempts } van { $most }
jobs-created = In de rij gezet
jobs-started = Laatst begonnen
jobs-finished = Beëindigd
jobs-next = Volgende poging
jobs-lease = Toegewezen tot
jobs-last-error = Laatste fout
jobs-topic = Onderwerp
jobs-id = Kenmerk
jobs-facts = Over deze taak
jobs-empty-title = Hier is niets
jobs-empty-text = E-mails die verstuurd moeten worden en plichten van het portaal staan hier zolang ze wachten, lopen of zijn mislukt, en nog een week nadat ze klaar zijn.
jobs-kind-import-check = Bestand doorkijken vóór de import
jobs-kind-import-run = Bestand importeren
jobs-kind-import-undo = Import terugdraaien
jobs-kind-import-watch = In de importmap kijken
jobs-kind-import-purge = Bestanden van oude imports verwijderen
jobs-kind-notifications = Oude meldingen verwijderen
jobs-kind-webhooks = Webhook bericht geven
jobs-kind-webhooks-purge = Oude berichten van webhooks vergeten
jobs-kind-push = Melden op apparaten
jobs-kind-announcement = Begin van een mededeling melden
