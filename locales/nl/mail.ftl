# Mails. An empty line separates paragraphs.
mail-greeting = Beste { $name },
mail-greeting-nobody = Goedendag,
mail-message-from = { $inviter } schrijft:
mail-link-instead = Werkt de knop niet? Kopieer dan dit adres naar uw browser:
mail-no-replies = { $portal } heeft deze e-mail automatisch verstuurd. Antwoorden worden niet gelezen.
mail-button-account = Mijn account controleren
mail-button-portal = Portaal openen
mail-why-invited = U krijgt deze e-mail omdat iemand dit adres heeft uitgenodigd. Weet u niet waar het om gaat, dan kunt u hem negeren: er gebeurt niets.
mail-why-asked = U krijgt deze e-mail omdat iemand er bij { $portal } om heeft gevraagd. Was u dat niet, dan kunt u hem negeren: er verandert niets.
mail-why-safety = U krijgt deze e-mail omdat hij over de veiligheid van uw aanmelding gaat. U kunt hem niet uitschakelen.
mail-why-member = U krijgt deze e-mail omdat u zich bij { $portal } kunt aanmelden.

mail-invitation-subject = { $inviter } nodigt u uit voor { $organisation } bij { $portal }
mail-invitation-text =
    { $inviter } nodigt u uit voor het portaal van { $portal }. U werkt daar voor { $organisation }.

    De knop leidt naar een pagina waar u kiest hoe u zich aanmeldt. De uitnodiging is { $days } dagen geldig.
mail-invitation-button = Uitnodiging bekijken

mail-member-subject = { $inviter } nodigt u ook uit voor { $organisation }
mail-member-text =
    { $inviter } nodigt u uit voor { $organisation } bij { $portal }. U houdt uw aanmelding en kunt wisselen tussen uw organisaties.

    De uitnodiging is { $days } dagen geldig.
mail-member-button = Uitnodiging bekijken

mail-reset-subject = Kies een nieuw wachtwoord voor { $portal }
mail-reset-text =
    Iemand heeft een nieuw wachtwoord gevraagd voor uw aanmelding bij { $portal }. Was u dat, kies het dan nu.

    De link werkt één keer, binnen { $minutes } minuten. Tot dan blijft uw oude wachtwoord geldig.
mail-reset-button = Nieuw wachtwoord kiezen

mail-confirm-subject = Bevestig uw nieuwe adres voor { $portal }
mail-confirm-text =
    Met dit adres gaat u zich voortaan aanmelden bij { $portal }. Bevestig alstublieft dat het van u is.

    De link werkt één keer, binnen { $hours } uur.
mail-confirm-button = Dit adres bevestigen

mail-agree-subject = Uw aanmeldadres gaat veranderen
mail-agree-text =
    Het aanmeldadres van uw account bij { $portal } moet { $address } worden.

    Wilt u dat, ga dan akkoord op de pagina achter de knop. Hebt u er niet om gevraagd, stop het daar dan en kies meteen een nieuw wachtwoord. Zonder uw antwoord verandert er niets.
mail-agree-button = Wijziging bekijken

mail-changed-subject = Uw aanmeldadres is gewijzigd
mail-changed-text =
    U meldt zich bij { $portal } nu aan met { $address }. Het is gewijzigd op { $at }.

    Was u dat niet, vertel het dan meteen aan uw contactpersoon bij { $portal }.

mail-sign-in-subject = Uw aanmeldlink voor { $portal }
mail-sign-in-text =
    Met deze link meldt u zich zonder wachtwoord aan bij { $portal }.

    Hij werkt één keer, binnen { $minutes } minuten, in de browser waarin u hem opent. Geef hem niet door.
mail-sign-in-button = Aanmelden

mail-password-subject = Uw wachtwoord is gewijzigd
mail-password-text =
    Uw wachtwoord voor { $portal } is gewijzigd op { $at }. Al uw andere sessies zijn beëindigd.

    Was u dat niet, laat u dan op de aanmeldpagina een nieuw wachtwoord mailen en vertel het aan uw contactpersoon bij { $portal }.

mail-factor-added-subject = Uw aanmelding heeft een extra bewijs
mail-factor-added-text =
    { $factor ->
        [totp] Op { $at } is een authenticator-app toegevoegd aan uw aanmelding bij { $portal }.
        [recovery_codes] Op { $at } zijn nieuwe herstelcodes gemaakt voor uw aanmelding bij { $portal }. Oudere werken niet meer.
       *[passkey] Op { $at } is een passkey toegevoegd aan uw aanmelding bij { $portal }.
    }

    Was u dat niet, kies dan meteen een nieuw wachtwoord en controleer uw account.

mail-factor-removed-subject = Een bewijs van uw aanmelding is verwijderd
mail-factor-removed-text =
    { $factor ->
        [totp] Op { $at } is de authenticator-app verwijderd van uw aanmelding bij { $portal }.
        [recovery_codes] Op { $at } zijn de herstelcodes van uw aanmelding bij { $portal } verwijderd.
       *[passkey] Op { $at } is een passkey verwijderd van uw aanmelding bij { $portal }.
    }

    Was u dat niet, kies dan meteen een nieuw wachtwoord en controleer uw account.

mail-factor-reset-subject = Uw tweede factor is teruggezet
mail-factor-reset-text =
    Iemand die verantwoordelijk is voor { $portal } heeft op { $at } de tweede factoren van uw aanmelding verwijderd, omdat ze als verloren zijn gemeld. Uw sessies zijn beëindigd.

    Stel bij de volgende aanmelding een nieuwe in. Hebt u hier niet om gevraagd, vertel het dan meteen aan uw contactpersoon bij { $portal }.

mail-recovery-subject = Er is een herstelcode gebruikt
mail-recovery-text =
    Op { $at } heeft iemand zich met een van uw herstelcodes aangemeld bij { $portal }. { $left ->
        [0] Het was de laatste: maak nu nieuwe.
        [one] Er is er nog één over: maak nieuwe.
       *[other] Er zijn er nog { $left } over.
    }

    Was u dat niet, kies dan meteen een nieuw wachtwoord en controleer uw account.

mail-device-subject = Aanmelding met een nieuw apparaat
mail-device-text =
    Op { $at } heeft iemand zich namens u aangemeld bij { $portal }, met een apparaat dat we nog niet kenden: { $device }.

    Was u dat, dan hoeft u niets te doen. Zo niet, kies dan meteen een nieuw wachtwoord en beëindig die sessie.

mail-token-subject = Er is een API-sleutel gemaakt
mail-token-text =
    Op { $at } is de API-sleutel ‘{ $token }’ gemaakt voor uw aanmelding bij { $portal }. Programma's die hem hebben, handelen namens u.

    Was u dat niet, trek hem dan meteen in en kies een nieuw wachtwoord.

mail-membership-subject = Uw toegang tot { $organisation } is gewijzigd
mail-membership-text =
    { $change ->
        [added] U hoort nu bij { $organisation } bij { $portal }.
        [role] U hebt een andere rol in { $organisation } bij { $portal }.
        [suspended] Uw toegang tot { $organisation } bij { $portal } is geblokkeerd.
        [restored] U hebt weer toegang tot { $organisation } bij { $portal }.
        [removed] U hoort bij { $portal } niet meer bij { $organisation }.
        [project_off] U werkt bij { $portal } niet meer mee aan een van de projecten van { $organisation }.
       *[rights] Wat u van { $organisation } bij { $portal } ziet, is gewijzigd.
    }

    Hebt u daar vragen over, stel ze dan aan de beheerders van uw organisatie.

mail-suspended-subject = Uw aanmelding is geblokkeerd
mail-suspended-text =
    Uw aanmelding bij { $portal } is geblokkeerd op { $at }. U kunt zich niet aanmelden totdat ze weer is vrijgegeven.

    Weet u niet waarom, vraag het dan aan uw contactpersoon bij { $portal }.

mail-restored-subject = U kunt zich weer aanmelden
mail-restored-text =
    Uw aanmelding bij { $portal } is op { $at } weer vrijgegeven. Alles is zoals voorheen.

    U meldt zich aan zoals altijd. Weet u niet meer hoe, laat dan op de aanmeldpagina een nieuw wachtwoord naar u mailen.

mail-passkey-blocked-subject = Een van uw passkeys is geblokkeerd
mail-passkey-blocked-text =
    Uw passkey „{ $passkey }” voor { $portal } is op { $at } geblokkeerd. Hij is gebruikt zoals dat gebeurt wanneer iemand anders er een kopie van heeft. Hij opent niets meer.

    Verwijder hem uit uw account en voeg een nieuwe toe. Kunt u niet op een andere manier binnenkomen, vertel het dan aan uw contactpersoon bij { $portal }.

mail-approval-button = Document bekijken
mail-approval-subject = Graag goedkeuren: { $title }
mail-approval-text =
    { $again ->
        [yes] Er is bij { $portal } een nieuwe versie van ‘{ $title }’. Wat over de vorige is gezegd, telt niet meer; daarom vraagt { $inviter } het u opnieuw: bekijk alstublieft versie { $version }.
        [next] Wie vóór u beslist, heeft ‘{ $title }’, versie { $version }, bij { $portal } goedgekeurd. Nu bent u aan de beurt.
        [delegated] { $inviter } vraagt u in diens plaats te beslissen over ‘{ $title }’, versie { $version }, bij { $portal }.
       *[no] { $inviter } vraagt u om goedkeuring van ‘{ $title }’, versie { $version }, bij { $portal }.
    }

    Keur het alstublieft goed of wijs het af vóór { $due }.

mail-reminder-subject = Herinnering: { $title }
mail-reminder-text =
    { $late ->
        [yes] { $inviter } wacht nog op uw beslissing over ‘{ $title }’ bij { $portal }. Die werd vóór { $due } gevraagd.
       *[no] { $inviter } wacht op uw beslissing over ‘{ $title }’ bij { $portal }, vóór { $due }.
    }

mail-outcome-button = Document openen
mail-outcome-subject =
    { $outcome ->
        [approved] Goedgekeurd: { $title }
       *[declined] Afgewezen: { $title }
    }
mail-outcome-text =
    { $outcome ->
        [approved] { $organisation } heeft versie { $version } van ‘{ $title }’ goedgekeurd. { $inviter } besliste als laatste.
       *[declined] { $organisation } heeft versie { $version } van ‘{ $title }’ afgewezen. { $inviter } besliste als laatste.
    }

mail-held-button = Document openen
mail-held-subject =
    { $scan ->
        [infected] Vastgehouden: { $file }
       *[too_large] Niet gecontroleerd: { $file }
    }
mail-held-text =
    { $scan ->
        [infected] Het bestand "{ $file }", dat u bij "{ $title }" hebt geüpload, wordt vastgehouden: de virusscanner heeft { $finding } gevonden. Niemand kan het openen.
       *[too_large] Het bestand "{ $file }", dat u bij "{ $title }" hebt geüpload, is te groot voor de virusscanner. Niemand kan het openen tot een beheerder het vrijgeeft.
    }
mail-why-uploaded = U krijgt deze mail omdat u het bestand bij { $portal } hebt geüpload.

mail-import-button = Bekijken wat fout is
mail-import-subject = Niet geïmporteerd: { $file }
mail-import-text =
    { $rejected ->
        [0] Het bestand "{ $file }", dat klaarlag om te worden geïmporteerd, kon niet worden gelezen of verwerkt. Er is niets van geïmporteerd.
        [one] Een rij van het bestand "{ $file }", dat klaarlag om te worden geïmporteerd, is fout. Er is niets van geïmporteerd.
       *[other] { $rejected } rijen van het bestand "{ $file }", dat klaarlag om te worden geïmporteerd, zijn fout. Er is niets van geïmporteerd.
    }

    De knop leidt naar de redenen. Verbeter het bestand en leg het weer in zijn map, of importeer het met de hand.

mail-ends-subject =
    { $late ->
        [yes] Verlopen: { $title }
       *[no] Verloopt { $until }: { $title }
    }
mail-ends-text =
    { $late ->
        [yes] "{ $title }" voor { $organisation } was geldig tot en met { $until }. Upload een nieuwe versie, verschuif het einde of trek het in.
       *[no] "{ $title }" voor { $organisation } is geldig tot en met { $until }. Upload op tijd een nieuwe versie, verschuif het einde of trek het in.
    }

mail-request-button = Bestand sturen
mail-request-subject =
    { $why ->
        [fix] Graag verbeteren: { $title }
        [soon] Tot en met { $due }: { $title }
        [late] Te laat sinds { $due }: { $title }
       *[asked] Graag sturen: { $title }
    }
mail-request-text =
    { $why ->
        [fix] { $inviter } heeft "{ $title }" bekeken en vraagt om verbetering, tot en met { $due }.
        [soon] { $inviter } vraagt u om "{ $title }" tot en met { $due }. Er is nog niets gekomen.
        [late] { $inviter } heeft u om "{ $title }" tot en met { $due } gevraagd. Er is nog niets gekomen.
       *[asked] { $inviter } vraagt u "{ $title }" te sturen, tot en met { $due }. De knop leidt naar de plek om te uploaden.
    }
mail-sent-button = Bekijken
mail-sent-subject = { $organisation } heeft gestuurd: { $title }
mail-sent-text = { $inviter } heeft "{ $title }" gestuurd namens { $organisation }. Neem het aan, of zeg wat te verbeteren is.
mail-arrived-subject =
    { $several ->
        [yes] { $organisation } heeft { $count } bestanden gestuurd
       *[no] { $organisation } heeft gestuurd: { $title }
    }
mail-arrived-text =
    { $several ->
        [yes] { $inviter } heeft { $count } bestanden gestuurd namens { $organisation }. Niemand had erom gevraagd; bekijk ze.
       *[no] { $inviter } heeft "{ $title }" gestuurd namens { $organisation }. Niemand had erom gevraagd; bekijk het.
    }
mail-task-button = Taak bekijken
mail-task-subject =
    { $why ->
        [soon] Tot en met { $due }: { $title }
        [late] Te laat sinds { $due }: { $title }
       *[asked] Voor u te doen: { $title }
    }
mail-task-text =
    { $why ->
        [soon] In het project "{ $project }" is tot en met { $due } nog te doen: { $title }. Vink het af als het klaar is.
        [late] In het project "{ $project }" had dit op { $due } klaar moeten zijn: { $title }. Vink het af als het gedaan is, of schrijf in een reactie wanneer het zover is.
        [someday] In het project "{ $project }" is er iets voor u te doen: { $title }. Vink het af als het klaar is.
       *[asked] In het project "{ $project }" is er tot en met { $due } iets voor u te doen: { $title }. Vink het af als het klaar is.
    }

mail-appointment-button = Afspraak openen
mail-appointment-subject =
    { $what ->
        [proposed] Kies een tijd: { $title }
        [moved] Kies een andere tijd: { $title }
        [confirmed] Afgesproken: { $title }
        [retimed] Verzet: { $title }
        [changed] Gewijzigd: { $title }
        [cancelled] Afgezegd: { $title }
        [on_the_way] Wij zijn onderweg: { $title }
        [wished] { $organisation } vraagt om een andere tijd: { $title }
       *[reminder] Herinnering: { $title }
    }
mail-appointment-text =
    { $what ->
        [proposed] { $inviter } stelt tijden voor "{ $title }" voor. Kies met één klik welke u uitkomt.
        [moved] { $inviter } moet voor "{ $title }" andere tijden voorstellen. Wat eerder was afgesproken geldt niet meer; kies opnieuw.
        [confirmed] "{ $title }" is afgesproken. Op de pagina van de afspraak zet u haar in uw agenda.
        [retimed] { $inviter } heeft voor "{ $title }" een andere van de voorgestelde tijden gekozen. Die is nu afgesproken; de vorige geldt niet meer.
        [changed] Er is iets gewijzigd aan "{ $title }". Zo is het nu.
        [cancelled] { $inviter } heeft "{ $title }" afgezegd. De afspraak gaat niet door.
        [on_the_way] Wij zijn onderweg voor "{ $title }" en komen vandaag in deze tijd aan.
        [wished] { $inviter } vraagt om een andere tijd voor "{ $title }". Tot u hebt geantwoord blijft het zoals het is.
       *[reminder] "{ $title }" is morgen.
    }

    { $when }

    { $placed ->
        [yes] Waar: { $place }
       *[no] {""}
    }

mail-news-subject =
    { $others ->
        [0] { $title }
        [one] { $title } en nog één melding
       *[other] { $title } en nog { $others } meldingen
    }
mail-news-text = Dit is nieuw voor u bij { $portal }:
mail-news-button = Bekijken in het portaal
mail-news-rest =
    { $count ->
        [one] Nog één melding staat in het portaal
       *[other] Nog { $count } meldingen staan in het portaal
    }
mail-digest-subject =
    { $cadence ->
        [weekly] Uw week bij { $portal }
       *[daily] Uw dag bij { $portal }
    }: { $lines ->
        [one] één nieuwtje
       *[other] { $lines } nieuwtjes
    }
mail-digest-text =
    { $cadence ->
        [weekly] Dit is er bij { $portal } gebeurd sinds uw laatste weekoverzicht:
       *[daily] Dit is er bij { $portal } gebeurd sinds uw laatste overzicht:
    }
mail-why-kinds = U krijgt deze e-mail omdat u bij { $portal } meteen wilt horen van: { $kinds }.
mail-why-daily = U krijgt deze e-mail omdat u van { $portal } een dagoverzicht krijgt.
mail-why-weekly = U krijgt deze e-mail omdat u van { $portal } een weekoverzicht krijgt.
mail-stop = Geen e-mails van deze soort meer
mail-choose = Kiezen wat u te horen krijgt
mail-webhook-subject = De webhook ‘{ $title }’ is gepauzeerd
mail-webhook-text =
    { $why ->
        [gone] Het programma waaraan de webhook ‘{ $title }’ berichten stuurt, heeft geantwoord dat het niet meer bestaat. Er wordt niets meer naartoe gestuurd.
       *[other] Het programma waaraan de webhook ‘{ $title }’ berichten stuurt, heeft drie dagen lang niets aangenomen. Er wordt niets meer naartoe gestuurd.
    }

    Los het daar op en hervat de webhook in het portaal. Wat wachtte, wordt dan verstuurd.
mail-webhook-button = Webhook openen
