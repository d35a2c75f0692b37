announcements-title = Mededelingen
announcements-meta = Een melding op elke pagina van wie ze bedoeld is, tot zij die sluiten of de tijd voorbij is.
announcements-new = Mededeling schrijven
announcements-edit = Wijzigen
announcements-form-meta = Eerst is het een concept: niemand ziet het voordat u het publiceert.
announcements-by = geschreven door { $name }, { $when }
announcements-empty-title = Nog geen mededelingen
announcements-empty-text = Onderhoud, vakantie, een nieuw telefoonnummer: wat u hier schrijft, staat boven aan de pagina's van wie het aangaat.
announcements-info = Informatie
announcements-warning = Waarschuwing
announcements-urgent = Dringend
announcements-everyone = Iedereen
announcements-customers = Alle klanten
announcements-staff = Medewerkers
announcements-groups = Bepaalde klantgroepen
announcements-draft = Concept
announcements-published = Gepubliceerd
announcements-planned = Gepland
announcements-running = Wordt getoond
announcements-over = Voorbij
announcements-withdrawn = Teruggetrokken
announcements-always = vanaf nu, tot u ze terugtrekt
announcements-from = vanaf { $start }
announcements-until = tot { $end }
announcements-from-until = { $start } tot { $end }
announcements-words = Wat ze zegt
announcements-field-title = In één zin, { $language }
announcements-field-text = Meer erover, { $language }
announcements-versions = Zo wordt ze gelezen
announcements-no-version = Geen versie in deze taal: lezers krijgen de eerste die er is.
announcements-readers = Wie ze ziet
announcements-audience = Voor wie
announcements-which-groups = Groepen
announcements-which-groups-hint = Alleen voor mededelingen aan bepaalde klantgroepen.
announcements-group-size = { $count ->
    [one] één klant
   *[other] { $count } klanten
}
announcements-how = Hoe en wanneer
announcements-severity = Hoe belangrijk ze is
announcements-starts = Van
announcements-starts-hint = Leeg: zodra ze gepubliceerd is.
announcements-ends = Tot
announcements-ends-hint = Leeg: tot u ze terugtrekt.
announcements-confirm = Moet worden bevestigd
announcements-confirm-hint = Wie bevestigd heeft, wordt geteld en vastgelegd.
announcements-save = Opslaan
announcements-saved = Opgeslagen.
announcements-people = { $people ->
    [0] Er is niemand die ze kan zien.
    [one] Eén persoon{ $never ->
        [0] .
       *[other] , die nog nooit heeft ingelogd.
    }
   *[other] { $people } personen{ $never ->
        [0] .
        [one] , één heeft nog nooit ingelogd.
       *[other] , { $never } hebben nog nooit ingelogd.
    }
}
announcements-seen = Gezien
announcements-closed = Gesloten
announcements-confirmed = Bevestigd
announcements-of = { $part } van { $all }
announcements-publish = Publiceren
announcements-publish-title = Deze mededeling publiceren?
announcements-published-toast = Gepubliceerd. Ze staat op de pagina's van wie ze bedoeld is.
announcements-withdraw = Terugtrekken
announcements-withdraw-title = Deze mededeling terugtrekken?
announcements-withdraw-text = Ze verdwijnt meteen van alle pagina's. U kunt ze opnieuw publiceren.
announcements-withdrawn-toast = Teruggetrokken.
announcements-region = Mededelingen
announcements-close-button = Sluiten
announcements-confirm-button = Bevestigen
announcements-error-title = Een tekst heeft een titel nodig.
announcements-error-no-version = Schrijf ze in minstens één taal.
announcements-error-groups = Kies minstens één groep.
announcements-error-order = Ze eindigt voordat ze begint.
announcements-error-past = Het einde is voorbij. Verplaats het eerst.
announcements-error-moment = Geef een dag en een uur op, zoals 2026-11-30 18:00.
announcements-error-changed = Iemand heeft deze mededeling intussen gewijzigd. Bekijk ze en sla nog eens op.
