# The customer's home.
home-good-morning = Goedemorgen, { $name }
home-good-afternoon = Goedemiddag, { $name }
home-good-evening = Goedenavond, { $name }
home-needs-count = { $count ->
    [0] Er wacht niets op u.
    [one] Er wacht één punt op u.
   *[other] Er wachten { $count } punten op u.
}
home-needs = Wacht op u
home-needs-empty-title = Alles gedaan
home-needs-empty-text = Wat u aangaat, staat hier: documenten om goed te keuren of te lezen, bestanden waar u om gevraagd wordt, orders die op uw antwoord wachten.
home-read = Lezen
home-read-document = ‘{ $title }’ lezen
home-approve = Beslissen
home-approve-document = ‘{ $title }’ goedkeuren
home-asked-by = gevraagd door { $name }, { $when }
home-new-documents = Nieuwe documenten
home-all-documents = Alle documenten
home-documents-empty-title = Nog geen documenten
home-documents-empty-text = Zodra uw contactpersoon een document met u deelt, staat het hier.
home-contact = Uw contactpersoon
home-contact-empty-title = Nog geen contactpersoon bekend
home-contact-empty-text = Uw leverancier laat hier nog weten wie u begeleidt.
home-write = E-mail schrijven
home-write-to = E-mail schrijven aan { $name }
home-coming = Facturen en vragen
home-coming-text = Ze staan hier zodra ze deel uitmaken van dit portaal. Tot dan helpt uw contactpersoon u graag.
home-send-file = “{ $title }” sturen
home-send = Sturen
home-order-waits = Order “{ $title }” wacht op u
home-order-open = Bekijken
home-choose-time = Kies een tijd voor “{ $title }”
home-choose-times = { $count ->
    [one] één tijd
   *[other] { $count } tijden
}
home-choose = Kiezen
home-until = tot { $when }
home-appointments = Volgende afspraken
home-all-appointments = Alle afspraken
home-no-appointments-title = Niets afgesproken
home-no-appointments-text = Hier staan de afspraken die u met ons hebt gemaakt.
home-orders = Open orders
home-all-orders = Alle orders
home-no-orders-title = Geen open orders
home-no-orders-text = Wat u bestelt verschijnt hier tot het is aangekomen.

home-late-count = { $count ->
    [one] Eén is te laat.
   *[other] { $count } zijn te laat.
}
home-age = { $days ->
    [0] vandaag
    [1] gisteren
   *[other] { $days } dagen geleden
}
home-age-date = op { $when }
home-updated = gewijzigd: { $when }
home-sent = gestuurd: { $when }
home-entered = ingevoerd: { $when }
home-fix = Te verbeteren: { $note }
home-overdue = { $days ->
    [0] te laat
    [one] één dag te laat
   *[other] { $days } dagen te laat
}
home-due-today = vandaag nodig
home-due-tomorrow = morgen nodig
home-look = Bekijken
home-renew = ‘{ $title }’ vernieuwen
home-renew-sent = door u gestuurd
home-factor = Beveilig uw aanmelding met een tweede factor
home-factor-why = U beheert de toegang van uw collega’s, en die van uzelf gaat nog met alleen een wachtwoord open.
home-factor-add = Instellen
home-codes = { $count ->
    [0] U hebt geen herstelcode meer
    [one] U hebt nog één herstelcode
   *[other] U hebt nog { $count } herstelcodes
}
home-codes-why = Zonder code komt u er niet meer in als uw telefoon of passkey kwijt is.
home-codes-renew = Vernieuwen
home-passkey = Passkey ‘{ $title }’ is misschien gekopieerd
home-passkey-why = Opgemerkt: { $when }. Hij opent niets meer. Verwijder hem, en voeg hem opnieuw toe als hij van u is.
inbox-show-first = Terug naar de hele lijst
inbox-show-all = Alle { $count } tonen
inbox-later-of = Later: { $what }
inbox-remind = Herinner mij weer
inbox-until-tomorrow = Morgen
inbox-until-week = Volgende week, { $when }
inbox-until-day = Op
inbox-until-ok = OK
inbox-mark-read = Als gelezen markeren
inbox-mark-done = Is geregeld
inbox-undo = Ongedaan maken
inbox-wake = Terughalen
inbox-back-on = komt terug: { $when }
inbox-snoozed-count = Uitgesteld ({ $count })
inbox-snoozed = Uitgesteld tot { $when }: { $what }
inbox-woken = Weer in de lijst: { $what }
inbox-done = Geregeld: { $what }
inbox-read = Gelezen: { $what }
inbox-gone = Dat wacht niet meer op u.
inbox-error-until = Kies een dag vanaf morgen, binnen een jaar.
inbox-error-done = Het portaal merkt zelf wanneer dit gedaan is.

home-tiles = Stand
home-tile-orders = { $count ->
    [0] geen open
   *[other] { $count } open
}
home-tile-orders-many = meer dan { $count } open
home-tile-late = { $count } te laat
home-tile-approvals = Goedkeuringen
home-tile-approve = { $count ->
    [0] geen open
   *[other] { $count } te beslissen
}
home-tile-unread = Aan u gericht
home-tile-read = { $count ->
    [0] alles gelezen
   *[other] { $count } ongelezen
}
home-tile-requests = Verzoeken
home-tile-send = { $count ->
    [0] geen open
   *[other] { $count } te sturen
}
home-tile-show = Tonen
home-call = { $name } bellen: { $phone }
home-activity-empty-text = Wat met u wordt gedeeld, goedgekeurd of gewijzigd, staat hier.
home-who-you = u
home-who-colleague = een collega
home-act-sent = Gestuurd door { $who }
home-act-approval-ask = Goedkeuring gevraagd door { $who }
home-act-approve = Goedgekeurd door { $who }
home-act-decline = Afgewezen door { $who }
home-act-approval-withdraw = Goedkeuring ingetrokken door { $who }
home-act-request-ask = Gevraagd door { $who }
home-act-request-accept = Aangenomen door { $who }
home-act-request-fix = Ter verbetering teruggegeven door { $who }
home-act-order-create = Order aangenomen door { $who }
home-act-order-edit = { $fields }: gewijzigd door { $who }
