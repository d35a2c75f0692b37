# Woorden van het raamwerk en de onderdelen.
ui-skip = Naar de inhoud
ui-runs-on = Draait op Kontor
ui-close = Sluiten
ui-cancel = Annuleren
ui-optional = niet verplicht
ui-language = Taal
ui-theme = Weergave
ui-theme-system = Systeem
ui-theme-light = Licht
ui-theme-dark = Donker
ui-errors-title = { $count ->
    [one] Eén punt om te verbeteren
   *[other] { $count } punten om te verbeteren
}
ui-errors-kept = Wat u hebt ingevuld staat er nog. Wachtwoorden en bestanden moet u opnieuw opgeven.
ui-pager-label = Meer regels
ui-pager-older = Ouder
ui-pager-newest = Nieuwste

nav-main = Hoofdmenu
nav-quick = Snel naar
nav-crumbs = Pad
nav-home = Start
nav-todo = Te doen
nav-documents = Documenten
nav-approvals = Goedkeuringen
nav-customers = Klanten
nav-jobs = Wachtrij
nav-audit = Auditlogboek
nav-group-operator = Beheer
nav-more = Meer
nav-more-places = Meer onderdelen
nav-waiting = wachten op u
nav-waiting-elsewhere = { $count ->
    [one] in een andere organisatie wacht iets
   *[other] in andere organisaties wachten { $count } zaken
}
nav-back = Terug
nav-back-to = Terug naar { $name }
nav-your-account = Uw account
nav-account = Account
nav-account-of = Account van { $name }
nav-organisations = Organisaties
nav-switch-organisation = van organisatie wisselen
nav-sign-out = Afmelden
nav-line-customer = Klantenportaal
nav-line-staff = Intern

error-home = Naar de startpagina
error-sign-in = Aanmelden
error-request = Verzoek
error-400-title = Dit verzoek is niet leesbaar
error-400-text = Een deel van het adres of van het formulier ontbreekt of heeft de verkeerde vorm.
error-400-next = Ga terug, controleer wat u hebt ingevuld en verstuur het opnieuw.
error-401-title = Meld u aan
error-401-text = Deze pagina is voor mensen die zijn aangemeld. Misschien is uw aanmelding verlopen.
error-401-next = Meld u aan en open de pagina opnieuw.
error-403-title = Dit is niet voor u toegankelijk
error-403-text = Uw rol omvat dit niet.
error-403-next = Vraag de portaalbeheerder in uw bedrijf wie het mag doen, of wie u toegang kan geven.
error-404-title = Deze pagina is hier niet
error-404-text = De link is misschien oud, of het onderdeel is nooit met u gedeeld.
error-404-next = Heeft een collega u de link gestuurd, vraag dan om het met u te delen.
error-405-title = Dit adres werkt anders
error-405-text = De pagina bestaat, maar kan niet op deze manier worden geopend.
error-405-next = Begin opnieuw op de startpagina.
error-408-title = Dit kwam niet op tijd aan
error-408-text = De verbinding was te langzaam of viel weg, en niet alles heeft ons bereikt. Er is niets gewijzigd.
error-408-next = Ga terug en verstuur het opnieuw.
error-409-title = Iemand was u voor
error-409-text = Dit is gewijzigd terwijl u het open had. Er is niets opgeslagen.
error-409-next = Ga terug, laad de pagina opnieuw en herhaal uw wijziging.
error-412-title = Dit is intussen gewijzigd
error-412-text = U werkte aan een oudere versie. Er is niets opgeslagen.
error-412-next = Laad de pagina opnieuw en herhaal uw wijziging.
error-413-title = Dit bestand is te groot
error-413-text = Het is groter dan het portaal aanneemt. Er is niets opgeslagen.
error-413-next = Ga terug en kies een kleiner bestand, of splits het op.
error-422-title = Er ontbreekt nog iets
error-422-text = Niet alles wat is ingevuld kan worden aangenomen. Er is niets opgeslagen.
error-422-next = Ga terug, verbeter de gemarkeerde velden en verstuur het formulier opnieuw.
error-423-title = Dit bestand wordt vastgehouden
error-423-text = Een virusscanner moet het eerst controleren of heeft er iets in gevonden.
error-423-next = Open het document om te zien hoe het ervoor staat.
error-428-title = De versie ontbreekt
error-428-text = Het verzoek noemt niet welke versie het wijzigt. Er is niets opgeslagen.
error-428-next = Laad de pagina opnieuw en herhaal uw wijziging.
error-429-title = Dat was te vaak
error-429-text = Er kwamen veel pogingen in korte tijd, daarom wacht het portaal even.
error-429-next = Probeer het over enkele minuten opnieuw.
error-500-title = Dit is niet gelukt
error-500-text = Er ging iets mis in het portaal. Het is vastgelegd.
error-500-next = Probeer het opnieuw. Gebeurt het weer, noem uw contactpersoon dan het verzoeknummer hieronder.
error-503-title = Zo weer terug
error-503-text = Een deel van het portaal antwoordt nu niet. Er is niets verloren.
error-503-next = Probeer het over een minuut opnieuw.
