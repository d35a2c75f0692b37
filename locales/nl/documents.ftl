# Documents: categories, states, lists, one document, publishing.
category-proposal = Offertes
category-contract = Contracten
category-invoice = Facturen
category-specification = Specificaties
category-minutes = Notulen
category-other = Overig

state-draft = Concept
state-published = Gepubliceerd
state-withdrawn = Ingetrokken

documents-meta = Alles wat met u is gedeeld.
documents-categories = Categorieën
documents-category = Categorie
documents-all = Alle
documents-all-categories = Alle categorieën
documents-project = Project
documents-all-projects = Alle projecten
documents-by-project = Per project
documents-filter = Tonen
documents-column-document = Document
documents-column-customer = Klant
documents-column-status = Status
documents-column-date = Datum
documents-column-action = Downloaden
documents-new-mark = (nieuw)
documents-unread = Nieuw
documents-read = Geopend
documents-version = Versie { $number }
documents-versions = Versies
documents-current = Actueel
documents-older = Verouderd
documents-internal = Intern
documents-uploaded-by = { $name }, { $when }
documents-download-named = { $title } downloaden
documents-download-size = Downloaden ({ $size })
documents-main-action = Hoofdactie
documents-hash = SHA-256
documents-published-on = Gepubliceerd: { $when }
documents-maintain = Beheren
documents-as-reader = Gepubliceerde pagina bekijken

documents-empty-title = Nog geen documenten
documents-empty-text = Zodra uw contactpersoon contracten, specificaties, facturen of notulen met u deelt, staan ze hier.
documents-empty-category-title = Niets in deze categorie
documents-empty-category-text = Zodra uw contactpersoon een document van deze soort met u deelt, staat het hier.

documents-new = Nieuw document
documents-new-meta = Upload een bestand als concept. U kiest wie het mag lezen voordat er iets wordt gepubliceerd.
documents-choose = Maak een keuze
documents-customer = Klant
documents-title = Titel
documents-title-hint = Blijft dit veld leeg, dan wordt de bestandsnaam de titel.
documents-file = Bestand
documents-file-hint = Elk bestandstype, tot { $size }
documents-file-hint-kinds = { $kinds }, tot { $size }
documents-save-draft = Als concept opslaan
documents-draft-internal = Een concept is intern: geen enkele klant ziet het.
documents-new-version = Nieuwe versie
documents-upload = Nieuwe versie uploaden
documents-replaces-at-once = Dit document is gepubliceerd: de nieuwe versie vervangt meteen de huidige. Eerdere versies blijven bewaard.
documents-details = Details
documents-save = Opslaan
documents-saved = Opgeslagen
documents-read-only = Met uw rol kunt u dit document lezen, maar niet wijzigen.
documents-no-file-title = Nog geen bestand
documents-no-file-text = Upload hieronder de eerste versie. Daarna kan het document worden gepubliceerd.
documents-change-audience = Wijzigen wie het kan zien
documents-withdraw = Intrekken
documents-withdraw-title = Dit document intrekken?
documents-withdraw-text = Daarna kan geen enkele klant het nog zien of downloaden. U kunt het later opnieuw publiceren.
documents-withdrawn-text = Dit document is ingetrokken. Geen enkele klant ziet het.
documents-withdrawn-toast = ‘{ $title }’ is ingetrokken
documents-published-toast = ‘{ $title }’ is gepubliceerd

documents-error-title-missing = Vul een titel in.
documents-error-title-long = De titel mag hoogstens { $max } tekens lang zijn.
documents-error-category = Kies een categorie die uw rol omvat.
documents-error-organisation = Kies een klant.
documents-error-file-missing = Kies een bestand.
documents-error-file-empty = Dit bestand is leeg. Kies een ander bestand.
documents-error-file-broken = Het uploaden is afgebroken. Kies het bestand opnieuw.
documents-error-file-large = Dit bestand is groter dan { $size }. Kies een kleiner bestand, of splits het op.
documents-error-no-file = Er is nog geen bestand. Upload er een voordat u publiceert.
documents-error-not-published = Dit document is niet gepubliceerd.
documents-error-changed = Iemand heeft dit document intussen gewijzigd. Er is niets opgeslagen. Deze pagina toont het zoals het nu is.
documents-error-readers-changed = De lijst met personen is intussen gewijzigd. Er is niets gepubliceerd. Controleer de lijst opnieuw.
documents-error-audience = Kies wie het document mag lezen.
documents-error-group = Kies een klantengroep waar deze klant bij hoort.
documents-error-group-foreign = Bij deze groep horen klanten die niet aan u zijn toegewezen. Vraag een administrator om het document voor de groep te publiceren.
documents-error-people = Een van deze personen hoort niet meer bij deze klant.
documents-error-people-none = Kies minstens één persoon.
documents-error-project = Kies een project van deze klant.

publish-title = ‘{ $title }’ publiceren
publish-who = Wie het mag lezen
publish-organisation = Iedereen bij { $name }
publish-organisation-meta = Alle collega’s, zonder externe partners
publish-project = Een project
publish-project-meta = De mensen in het project, ook externe partners
publish-people = Bepaalde personen
publish-people-meta = Alleen wie u kiest
publish-group = Een klantengroep
publish-group-meta = Iedereen bij elke klant in de groep
publish-which-project = Project
publish-which-group = Klantengroep
publish-which-people = Personen
publish-show = Tonen wie dat zijn
publish-choose-first = Kies wie het mag lezen. Hier staat dan precies wie dat zijn.
publish-will-see = { $count ->
    [0] Niemand zal dit zien
    [one] Eén persoon zal dit zien
   *[other] { $count } personen zullen dit zien
}
publish-never = { $count ->
    [one] Een van hen heeft zich nog nooit aangemeld.
   *[other] { $count } van hen hebben zich nog nooit aangemeld.
}
publish-nobody = Bij deze klant zou niemand het zien.
publish-button = { $count ->
    [0] Publiceren
    [one] Publiceren voor één persoon
   *[other] Publiceren voor { $count } personen
}
publish-button-again = { $count ->
    [0] Opnieuw publiceren
    [one] Opnieuw publiceren voor één persoon
   *[other] Opnieuw publiceren voor { $count } personen
}
publish-then-ask = Daarna om goedkeuring vragen
publish-then-ask-meta = De volgende pagina vraagt wie van deze lezers goedkeurt.
publish-staff-too = Portaalbeheerders van een klant zien alle documenten van hun organisatie. Collega’s aan onze kant zien het volgens hun rol.

audience-title = Wie dit kan zien
audience-count = { $count ->
    [0] Geen enkele klant kan dit zien.
    [one] Eén persoon bij de klant kan dit zien.
   *[other] { $count } personen bij de klant kunnen dit zien.
}
audience-staff = Collega’s aan onze kant
audience-read = heeft versie { $number } geopend
reason-person = op naam gekozen
reason-project = in het project
reason-organisation = van deze organisatie
reason-group = in de klantengroep
reason-admin = beheert de organisatie
reason-assigned = aan deze klant toegewezen
reason-staff-role = op grond van de rol

upload-uploading = Bezig met uploaden
upload-finishing = Bestand wordt veilig opgeslagen
upload-failed = Het uploaden is afgebroken. Wat u hebt ingevuld staat er nog; probeer het opnieuw.
upload-list = Gekozen bestanden
upload-photo = Foto maken
upload-waiting = Gekozen
upload-done = Verstuurd
upload-cancelled = Geannuleerd
upload-remove = Verwijderen
upload-retry = Opnieuw proberen
upload-interrupted = De verbinding is weg. Wat aankwam blijft bewaard; probeer het opnieuw om verder te gaan.
upload-chosen = Gekozen bestanden: #
upload-count = Verstuurde bestanden: # van #
upload-too-many = Te veel van uw uploads zijn niet af. Maak er enkele af of breek ze af en probeer het opnieuw.
upload-refused = U mag dit hier niet meer sturen.
upload-offset = De upload is intussen verder. Hij gaat verder waar hij is.
upload-expired = De upload heeft te lang gewacht en is opgegeven. Stuur het bestand opnieuw.
upload-locked = Het bestand wordt op dit moment geschreven of opgeslagen.
upload-checksum = Wat aankwam is niet wat verstuurd is. Probeer het opnieuw.

documents-version-added = De nieuwe versie is opgeslagen
documents-draft-saved = Het concept is opgeslagen. Kies nu wie het mag lezen.

documents-note = Wat is nieuw
documents-note-hint = Niet verplicht, één regel. Iedereen die de versie ziet, leest het.
documents-restore = Terughalen
documents-restore-named = Versie { $number } als nieuwste terughalen
documents-restored-from = Haalt versie { $number } terug
documents-restored-toast = Versie { $old } is terug, als versie { $new }
documents-error-current = Deze versie is al de huidige.

history-title = Geschiedenis
history-link = Geschiedenis van dit document
history-all = Alles
history-downloads = Downloads
history-empty-title = Nog niets
history-empty-text = Wat er met dit document gebeurt, staat hier.
history-to-organisation = voor de organisatie
history-to-group = voor een klantengroep
history-to-project = voor een project
history-to-people = voor bepaalde personen
history-for = Voor { $who }
history-asked = Gevraagd: { $who }
history-handed-to = Aan { $who }
history-until = Te beslissen vóór of op { $when }
history-people = { $count ->
    [one] één persoon
   *[other] { $count } personen
}
history-others = { $count ->
    [one] nog één persoon
   *[other] nog { $count } personen
}
history-asked-again = { $count ->
    [one] Over deze versie wordt één persoon opnieuw gevraagd
   *[other] Over deze versie worden { $count } personen opnieuw gevraagd
}
history-reminded = { $count ->
    [one] Eén persoon herinnerd
   *[other] { $count } personen herinnerd
}
history-outcome-approved = Daarmee is de versie goedgekeurd
history-outcome-declined = Daarmee is de versie afgewezen

compare-title = Versies vergelijken
compare-from = Eerder
compare-to = Later
compare-show = Vergelijken
compare-what = Wat
compare-file = Bestand
compare-note = Wat is nieuw
compare-by = Door
compare-when = Geüpload
compare-size = Grootte
compare-type = Type
compare-same = gelijk
compare-differs = verschillend
compare-empty-title = Slechts één versie
compare-empty-text = Zodra er een tweede is, zijn ze hier te vergelijken.

archive-download = Gekozen documenten als zipbestand downloaden
archive-choose = { $title } kiezen
archive-column = Kiezen
archive-error-none = Kies ten minste één document.
archive-error-many = Hoogstens { $max } documenten tegelijk.

bulk-look = Gekozen publiceren, verplaatsen of trefwoorden geven
bulk-title = Gekozen documenten
bulk-meta = Bekijk wat er gebeurt. Het gebeurt met alle of met geen.
bulk-none-text = Vink eerst documenten in de lijst aan.
bulk-publish-title = Publiceren
bulk-publish = { $count ->
    [one] Eén document publiceren
   *[other] { $count } documenten publiceren
}
bulk-left-out = Blijven zoals ze zijn
bulk-not-published = Al gepubliceerd, zonder bestand of niet aan u
bulk-needs-choice = Bij deze soort wordt gekozen wie het ziet: publiceer het op de eigen pagina.
bulk-nothing-title = Niets te publiceren
bulk-nothing-text = Van hieruit worden alleen concepten en ingetrokken documenten gepubliceerd, elk voor iedereen bij de klant.
bulk-move-title = Naar een categorie verplaatsen
bulk-move = { $count ->
    [one] Eén document verplaatsen
   *[other] { $count } documenten verplaatsen
}
bulk-published-toast = { $count ->
    [one] Eén document is gepubliceerd
   *[other] { $count } documenten zijn gepubliceerd
}
bulk-moved-toast = { $count ->
    [one] Eén document is verplaatst
   *[other] { $count } documenten zijn verplaatst
}
bulk-error-published = Het is al gepubliceerd. Wijzig op de eigen pagina wie het ziet.

sort-label = Volgorde
sort-newest = Nieuwste eerst
sort-oldest = Oudste eerst
sort-title = Titel, A tot Z
sort-valid-until = Geldig tot, eerste einde eerst
sort-by = (sorteren: { $order })
sort-valid-until-only = Documenten zonder einddatum ontbreken in deze volgorde.
