# Goedkeuringen: vragen, beslissen, en wie nog niet.
approval-title = Goedkeuring
approval-yours = Uw beslissing
approval-open = Open
approval-overdue = Te laat
approval-approved = Goedgekeurd
approval-declined = Afgewezen
approval-withdrawn = Teruggenomen
approval-outdated = Verouderd
approval-spared = Niet meer nodig
approval-seen = Gezien
approval-not-seen = Niet gezien
approval-late = { $days ->
    [one] één dag te laat
   *[other] { $days } dagen te laat
}
approval-due-today = tot vandaag
approval-due-in = { $days ->
    [one] tot { $when }, morgen
   *[other] tot { $when }, over { $days } dagen
}
approval-count = { $yes } van { $needed } goedkeuringen gegeven
approval-rule-one = één persoon beslist
approval-rule-all = alle { $asked } moeten goedkeuren
approval-rule-any = één van { $asked } is genoeg
approval-rule-count = { $needed } van { $asked } moeten goedkeuren
approval-approve = Versie { $number } goedkeuren
approval-decline = Met reden afwijzen
approval-decline-short = Afwijzen
approval-from = { $name } schrijft:
approval-holds = Uw beslissing geldt alleen voor versie { $number }. Een nieuwe versie vraagt het u opnieuw.
approval-whose = Hierover beslist: { $names }.
approval-bound = Gebonden aan versie { $number } met de SHA-256
approval-none = Niemand is om goedkeuring van dit document gevraagd.
approval-ask = Om goedkeuring vragen
approval-ask-again = Opnieuw vragen
approval-about = Versie { $number }, gevraagd door { $name }, { $when }
approval-remind = Herinneren
approval-withdraw = Terugnemen
approval-withdraw-title = De vraag terugnemen?
approval-withdraw-text = Niemand wordt meer om een beslissing gevraagd. Wat tot nu toe is gezegd, blijft in de geschiedenis.
approval-earlier = Eerdere versies
approval-ask-title = Om goedkeuring vragen
approval-nobody-title = Niemand kan worden gevraagd
approval-nobody-text = Niemand bij deze klant kan het document lezen. Publiceer het eerst voor iemand daar.
approval-who = Wie wordt gevraagd
approval-who-hint = Iedereen bij de klant die het document kan lezen.
approval-rule = Wie moet goedkeuren
approval-choose-all = Iedereen
approval-choose-all-meta = Eén ‘nee’ is genoeg om af te wijzen.
approval-choose-any = Eén van hen
approval-choose-any-meta = De eerste ‘ja’ beslist.
approval-choose-count = Een bepaald aantal
approval-choose-count-meta = Bijvoorbeeld twee van drie.
approval-needed = Hoeveel er moeten goedkeuren
approval-deadline = Tot wanneer
approval-due = Beslissen vóór
approval-due-hint = Twee dagen ervoor en zolang het te laat is, herinnert het portaal wie nog niet heeft beslist.
approval-message = Bericht
approval-ask-submit = Om goedkeuring vragen
approval-decline-title = Versie { $number } afwijzen
approval-reason = Waarom wijst u af?
approval-reason-hint = { $name } leest dit, net als iedereen die het document kan lezen.
approval-decline-submit = Afwijzen
approval-over-text = Op de pagina van het document staat hoe het ervoor staat.
approval-to-document = Naar het document
approval-asked-toast = { $count ->
    [one] Eén persoon wordt om goedkeuring gevraagd.
   *[other] { $count } personen worden om goedkeuring gevraagd.
}
approval-approved-toast = U hebt versie { $number } goedgekeurd.
approval-declined-toast = U hebt versie { $number } afgewezen.
approval-approved-late-toast = U hebt versie { $number } goedgekeurd. De termijn was al voorbij; uw antwoord telt toch mee.
approval-declined-late-toast = U hebt versie { $number } afgewezen. De termijn was al voorbij; uw antwoord telt toch mee.
approval-withdrawn-toast = Niemand wordt meer om goedkeuring gevraagd.
approval-reminded-toast = { $count ->
    [0] Niemand is herinnerd: iedereen heeft beslist of is vandaag al herinnerd.
    [one] Eén persoon wordt herinnerd.
   *[other] { $count } personen worden herinnerd.
}
approval-remind-none = Kies ten minste één document.
approval-remind-many = Kies één tot { $max } goedkeuringen.
approval-error-long = Ten hoogste { $max } tekens.
approval-error-due = Voer een dag vanaf vandaag in, binnen een jaar.
approval-error-nobody = Kies ten minste één persoon.
approval-error-people = Een van deze personen kan het document niet lezen. Kies opnieuw.
approval-error-needed = Voer een getal van 1 tot { $max } in.
approval-error-not-published = Alleen een gepubliceerd document kan worden goedgekeurd. Publiceer het eerst.
approval-error-version = Er is intussen een nieuwe versie. Bekijk die en vraag dan opnieuw.
approval-error-open = Er is al om goedkeuring van dit document gevraagd.
approval-error-reason = Zeg waarom, zodat het kan worden verbeterd.
approval-error-decided = U hebt al beslist.
approval-error-over = Dit is al beslist.
approval-error-outdated = Er is intussen een nieuwe versie: uw beslissing is niet vastgelegd. Bekijk de nieuwe.
approval-error-withdrawn = De vraag is intussen teruggenomen. Er valt niets te beslissen.
approval-later = Nog niet aan de beurt
approval-delegated = Doorgegeven
approval-delegated-to = doorgegeven aan { $name }
approval-delegated-for = in plaats van { $name }
approval-rule-steps = in { $count } stappen
approval-step = Stap { $number }
approval-then = Stap { $number }: daarna anderen vragen
approval-who-none = Niemand meer
approval-who-people = Personen die ik kies
approval-who-role = Iedereen met de rol: { $role }
approval-people = Welke personen
approval-statement-yes = Ik keur versie { $number } van ‘{ $title }’ goed namens { $organisation }.
approval-statement-no = Ik keur versie { $number } van ‘{ $title }’ niet goed namens { $organisation }.
approval-declares = Met uw goedkeuring verklaart u:
approval-declares-no = Met uw afwijzing verklaart u:
approval-delegate = Doorgeven aan een collega
approval-delegate-title = Uw beslissing doorgeven
approval-delegate-to = Wie beslist in uw plaats?
approval-delegate-hint = Collega’s die het document kunnen lezen en nog niet zijn gevraagd.
approval-delegate-submit = Doorgeven
approval-delegate-nobody = Niemand om aan door te geven
approval-delegate-nobody-text = Elke collega die het document kan lezen, is al gevraagd. Uw portaalbeheerders kunnen anderen toegang geven.
approval-delegated-toast = { $name } beslist in uw plaats.
approval-certificate = Bewijs (PDF)
approval-certificate-json = Ondertekende gegevens (JSON)
approvals-export = Exporteren
approval-error-steps = Ten hoogste { $max } stappen.
approval-error-twice = Een van deze personen wordt al in een eerdere stap gevraagd.
approval-error-role = Niemand met deze rol kan het document lezen.
approval-error-shown = Wat u werd gevraagd, is intussen veranderd: uw beslissing is niet vastgelegd. Bekijk het opnieuw.
approval-error-delegated = U hebt uw beslissing doorgegeven.
approval-error-later = Eerst beslissen anderen. U krijgt een e-mail als u aan de beurt bent.
approval-error-delegate = Kies een collega die het document kan lezen en nog niet is gevraagd.
approval-error-no-certificate = Een bewijs is er zodra de goedkeuring is afgerond.
approval-error-no-evidence = Dit is beslist voordat er bewijzen werden bijgehouden.
approvals-title = Wie nog niet heeft goedgekeurd
approvals-late-count = { $count ->
    [0] Niets is te laat.
    [one] Eén document is te laat.
   *[other] { $count } documenten zijn te laat.
}
approvals-late-many = Meer dan 1.000 documenten zijn te laat.
approvals-which = Welke goedkeuringen
approvals-open = Open
approvals-late = Te laat
approvals-over = Beslist
approvals-filter = Filteren
approvals-all-categories = Alle categorieën
approvals-all-customers = Alle klanten
approvals-empty-title = Niemand wordt om goedkeuring gevraagd
approvals-empty-text = Vraag op de pagina van een gepubliceerd document om goedkeuring. Wie nog niet heeft beslist, staat hier.
approvals-empty-late-title = Niets is te laat
approvals-empty-late-text = Documenten waarvan de termijn is verstreken, staan hier.
approvals-empty-over-title = Er is nog niets beslist
approvals-empty-over-text = Documenten die zijn goedgekeurd, afgewezen, vervangen of teruggenomen, staan hier.
approvals-legend = Legenda
approvals-not-asked = niet gevraagd
approvals-of = Beslissingen van { $name }
approvals-customer = Pagina van de klant
approvals-choose = Kiezen
approvals-choose-named = { $title } kiezen
approvals-document = Document
approvals-due = Termijn
approvals-remind-chosen = Aan de gekozen herinneren
approvals-remind-hint = Iedereen die nog niet heeft beslist krijgt een e-mail, hoogstens één per dag. Tot { $max } documenten tegelijk.
customers-number-short = nr. { $number }
approval-held = U bent gevraagd. U kunt beslissen zodra het bestand te openen is.
