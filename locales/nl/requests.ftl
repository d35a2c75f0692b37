# Wat klanten moeten sturen.
requests-title = Aanvragen
requests-meta = Bestanden waar klanten om gevraagd zijn, de dringendste eerst.
requests-open = Open
requests-sent = Gestuurd
requests-fix = Te verbeteren
requests-accepted = Aangenomen
requests-withdrawn = Teruggenomen
requests-due = { $days ->
    [0] tot en met vandaag
    [one] tot en met morgen, { $day }
   *[other] tot en met { $day }
}
requests-new = Om een bestand vragen
requests-new-meta = Een klant krijgt een mail en een taak, en uploadt het bestand hier.
requests-next = Verder
requests-what = Wat hebt u nodig?
requests-what-hint = Bijvoorbeeld: ISO 9001-certificaat. Het wordt de titel van het document.
requests-text = Hoe het moet zijn
requests-until = Tot en met
requests-people = Wie gevraagd is
requests-people-hint = Eén persoon is genoeg. Beheerders van de klant zien elke aanvraag.
requests-ask = Vragen
requests-asked-toast = De klant is gevraagd
requests-wanted = Wat nodig is
requests-came = Wat er gekomen is
requests-nothing-yet = Er is nog niets gekomen.
requests-judge = Is dit wat gevraagd is?
requests-accept = Aannemen
requests-accepted-toast = Aangenomen
requests-fix-note = Wat te verbeteren is
requests-fix-hint = De gevraagde personen krijgen het per mail.
requests-ask-again = Graag verbeteren
requests-fix-toast = Er is om verbetering gevraagd
requests-fix-said = Om verbetering gevraagd:
requests-fix-title = Graag verbeteren
requests-withdraw = Terugnemen
requests-withdraw-title = Deze aanvraag terugnemen?
requests-withdraw-text = Niemand wordt meer om het bestand gevraagd. Wat gestuurd is, blijft.
requests-withdrawn-toast = De aanvraag is teruggenomen
requests-empty-title = Niets hier
requests-empty-text = Aanvragen in deze toestand staan hier.
requests-send-title = Bestand sturen
requests-send = Sturen
requests-note = Een woord erbij
requests-who-sees = Wie gevraagd is, de beheerders van uw organisatie en uw contactpersonen zien het.
requests-to-document = Openen wat gestuurd is
requests-sent-toast = Het bestand is gestuurd
requests-sent-text = Er is een bestand gestuurd. Uw contactpersoon bekijkt het.
requests-accepted-text = Dit is klaar. Hartelijk dank.
requests-withdrawn-text = Dit is teruggenomen. Er hoeft niets gestuurd te worden.
requests-not-yours = Iemand anders is hierom gevraagd.
requests-error-sent = Er is al een bestand gestuurd. Uw contactpersoon bekijkt het.
requests-error-over = Dit is voorbij.
requests-error-nothing = Er is nog niets gekomen.
requests-error-note = Zeg wat te verbeteren is.
requests-error-rights = Een van deze personen mag documenten van deze categorie niet zien.
