# Wat men per e-mail hoort, hoe snel, en hoe men er minder van krijgt.
account-tab-notifications = Meldingen
notify-meta = Wat u te horen krijgt, en wanneer. De bel toont altijd alles.
notify-at-once = Meteen
notify-daily = Dagoverzicht
notify-weekly = Weekoverzicht
notify-off = Alleen de bel
notify-usual = { $cadence } (gebruikelijk)
notify-usual-organisation = { $cadence } (organisatie)
notify-usual-portal = { $cadence } (portaal)
notify-what = Wat u te horen krijgt
notify-column-kind = Wat er gebeurt
notify-column-mail = Per e-mail
notify-column-push = Op mijn apparaten
notify-mail-about = E-mail over: { $kind }
notify-push-about = Op mijn apparaten: { $kind }
notify-safety = Wat de veiligheid van uw aanmelding betreft, wordt altijd meteen gemaild.
notify-always = Altijd, direct
notify-when = Wanneer e-mails komen
notify-digest-hour = Tijd van het overzicht
notify-zone = Volgens de klok van { $zone }, zoals in uw profiel.
notify-digest-weekday = Dag van het weekoverzicht
notify-quiet-from = Rust vanaf
notify-quiet-to = Rust tot
notify-quiet-none = Geen rusttijd
notify-quiet-hint = Wat in de rusttijd binnenkomt, wordt gemaild zodra die voorbij is.
notify-weekends = Ook in het weekend e-mails
notify-weekends-hint = Anders komt wat op zaterdag en zondag gebeurt op maandag.
notify-save = Opslaan
notify-saved = Opgeslagen. Wat nog wachtte, richt zich ernaar.
notify-monday = maandag
notify-tuesday = dinsdag
notify-wednesday = woensdag
notify-thursday = donderdag
notify-friday = vrijdag
notify-saturday = zaterdag
notify-sunday = zondag
notify-error-hour = Kies iets uit de lijst.
notify-error-quiet = De rusttijd moet op een ander uur eindigen dan ze begint.
notify-error-quiet-half = Kies beide, begin en einde, of geen van beide.
notify-error-changed = Dit is intussen in een ander venster gewijzigd. Uw keuze staat hier nog: controleer haar en sla opnieuw op.
notify-week = Zo was vorige week geweest
notify-week-meta =
    Met wat nu is opgeslagen had u in de afgelopen zeven dagen { $mails ->
        [one] één e-mail
       *[other] { $mails } e-mails
    } gekregen; { $silent ->
        [0] niets was alleen in de bel gebleven.
        [one] één melding was alleen in de bel gebleven.
       *[other] { $silent } meldingen waren alleen in de bel gebleven.
    }
notify-week-empty = Geen e-mail
notify-week-empty-text = In de afgelopen zeven dagen is er niets gebeurd. Hier ziet u welke e-mails uw keuze had gebracht.
notify-week-silent-text =
    { $count ->
        [one] In de afgelopen zeven dagen was er één melding. De bel had haar getoond.
       *[other] In de afgelopen zeven dagen waren er { $count } meldingen. De bel had ze getoond.
    }
notify-week-waiting-text = Wat er in de afgelopen zeven dagen is gebeurd, komt nog, in uw volgende overzicht.
notify-week-rest =
    { $count ->
        [one] en nog één
       *[other] en nog { $count }
    }
notify-muted-title = Klanten zonder e-mails
notify-muted-text = Over deze klanten krijgt u geen e-mails, alleen wat de bel toont. Dat kiest u op de pagina van een klant.
notify-mute = E-mails uitzetten
notify-mute-named = E-mails uitzetten over { $name }
notify-unmute = Weer e-mails
notify-unmute-named = Weer e-mails over { $name }
notify-muted = U krijgt geen e-mails meer over deze klant.
notify-unmuted = U krijgt weer e-mails over deze klant.
notify-problem-refused = E-mails naar { $address } komen niet aan: de mailserver weigert ze sinds { $when }.
notify-problem-bounced = E-mails naar { $address } komen sinds { $when } terug.
notify-problem-complained = Een e-mail naar { $address } is als ongewenst gemeld ({ $when }).
notify-problem-text = Tot u zegt dat het adres klopt, krijgt u geen meldingen meer per e-mail. Wat u zelf aanvraagt, zoals een aanmeldlink, en wat de veiligheid van uw aanmelding betreft, wordt nog wel verstuurd.
notify-problem-works = Het adres klopt
notify-address-confirmed = Dank u. Vanaf nu komen er weer e-mails.
notify-problem-staff = E-mails komen terug
notify-defaults-title = Meldingen van de organisatie
notify-defaults-text = Dit geldt voor iedereen hier die niet zelf heeft gekozen. Ieder kan het voor zichzelf wijzigen onder Meldingen in het account.
notify-defaults-saved = Opgeslagen. Het geldt voor wat er vanaf nu gebeurt.
notify-defaults-link = Meldingen

unsubscribe-title = Minder e-mails
unsubscribe-kinds = U krijgt geen e-mails meer wanneer dit gebeurt:
unsubscribe-daily = U krijgt geen dagoverzicht meer. Tot nu toe stond erin:
unsubscribe-weekly = U krijgt geen weekoverzicht meer. Tot nu toe stond erin:
unsubscribe-note = De bel in het portaal blijft het tonen. U kunt dit op elk moment weer wijzigen.
unsubscribe-do = Deze e-mails afmelden
unsubscribe-choose = Precies kiezen wat ik te horen krijg
unsubscribe-done = U krijgt deze e-mails niet meer.
unsubscribe-done-text = De bel in het portaal blijft tonen wat er gebeurt.
unsubscribe-wrong = Deze link is niet volledig of heel oud.
unsubscribe-wrong-text = Er is niets gewijzigd. Open de link uit de e-mail nog eens, of kies in uw account wat u te horen krijgt.
