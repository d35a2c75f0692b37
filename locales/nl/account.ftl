# Het eigen account, en wat over toegang gezegd wordt.
account-tab-profile = Profiel
account-tab-security = Beveiliging
account-tab-sessions = Sessies
account-tab-tokens = API-sleutels
account-tab-calendar = Agenda
account-tab-data = Mijn gegevens

account-profile = Wie u bent en hoe het portaal met u spreekt
account-profile-meta = Uw naam, uw taal en wat u mag zien.
account-name = Naam
account-phone = Telefoon
account-hours = Wanneer u bereikbaar bent
account-hours-hint = Dat lezen klanten van wie u de contactpersoon bent, bijvoorbeeld ‘ma t/m vr, 8.00 tot 16.30 uur’.
account-portrait = Portret
account-portrait-who = Klanten van wie u de contactpersoon bent, zien het naast uw naam. Verder niemand.
account-portrait-hint = JPEG, PNG, WebP of GIF, tot { $size }. Het midden wordt als klein vierkant bewaard; plaats en camera in het bestand worden weggegooid.
account-portrait-file = Afbeelding
account-portrait-save = Afbeelding gebruiken
account-portrait-remove = Verwijderen
account-portrait-saved = Uw portret is opgeslagen.
account-portrait-removed = Uw portret is verwijderd.
account-error-portrait = Dit bestand is geen afbeelding die kan worden gebruikt. JPEG, PNG, WebP en GIF wel.
account-error-portrait-pixels = Deze afbeelding heeft te veel pixels. Maak haar kleiner.
account-error-portrait-size = Deze afbeelding is te groot. Neem een kleinere.
account-error-phone = Vul een telefoonnummer in, zoals +31 10 1234567.
account-error-hours = Gebruik hoogstens { $max } tekens.
account-error-staff = Alleen medewerkers zijn contactpersoon van klanten.
account-name-hint = Zoals collega's en uw contactpersonen hem lezen.
account-time-zone = Tijdzone
account-time-zone-hint = Alle datums en tijden worden in deze zone getoond.
account-time-zone-portal = Zoals het portaal: { $zone }
account-language-browser = Zoals in de browser ingesteld
account-save = Opslaan
account-saved = Uw profiel is opgeslagen.
account-error-name = Vul uw naam in, op één regel van hoogstens 200 tekens.
account-error-time-zone = Deze tijdzone bestaat niet.
account-changed-meanwhile = Uw profiel is intussen in een ander venster gewijzigd. Controleer het en sla het opnieuw op.
account-address = Adres om aan te melden
account-address-change = Adres wijzigen
account-since = Toegang sinds: { $when }
account-role = Uw rol
account-role-staff = Een administrator bepaalt wat u mag zien en doen.
account-memberships = Waar u bij hoort en wat u daar ziet
account-nowhere = U hoort bij geen organisatie
account-nowhere-text = Vraag de portaalbeheerder van uw bedrijf om u weer toe te voegen.
account-module-documents = Documenten
account-module-orders = Opdrachten en projecten
account-module-money = Offertes en facturen
account-module-tickets = Vragen
account-reach-none = niets
account-reach-own = alleen het eigen
account-reach-organisation = alles van de organisatie

sessions-meta = Elke browser die met uw account is aangemeld.
sessions-here = Deze browser
sessions-others = Elders
sessions-no-others = Nergens anders
sessions-no-others-text = Andere browsers staan hier zolang u daarin bent aangemeld.
sessions-this = Hier bent u
sessions-device = { $browser } op { $system }
sessions-device-unknown = Onbekende browser
sessions-place-unknown = Plaats onbekend
sessions-place-machine = De machine waarop het portaal draait
sessions-place-same = Het netwerk waarin u nu bent
sessions-place-local = Een ander lokaal netwerk
sessions-place-internet = Internetadres { $range }
sessions-place-proxied = via een proxy
sessions-begun = Aangemeld: { $when }
sessions-used = laatst gebruikt: { $when }
sessions-with-factor = { $method } en { $factor }
sessions-method-password = met wachtwoord
sessions-method-passkey = passkey
sessions-method-totp = code uit de app
sessions-method-recovery-code = herstelcode
sessions-method-single-sign-on = via de aanmelding van uw bedrijf
sessions-method-mail-link = via een link in een e-mail
sessions-end = Afmelden
sessions-end-label = Afmelden: { $device }, { $place }
sessions-ended = Die browser is afgemeld.
sessions-end-all = Overal elders afmelden
sessions-end-all-title = Overal elders afmelden?
sessions-end-all-text = { $count ->
    [one] Eén browser wordt meteen afgemeld. Hier blijft u aangemeld.
   *[other] { $count } browsers worden meteen afgemeld. Hier blijft u aangemeld.
}
sessions-ended-others = { $count ->
    [0] U was nergens anders aangemeld.
    [one] Eén browser is afgemeld.
   *[other] { $count } browsers zijn afgemeld.
}
sessions-rules = Wanneer u vanzelf wordt afgemeld
sessions-rule-idle = Na { $minutes ->
    [one] één minuut
   *[other] { $minutes } minuten
} zonder klik. U wordt vooraf gewaarschuwd.
sessions-rule-absolute = { $hours ->
    [one] Eén uur
   *[other] { $hours } uur
} na het aanmelden in elk geval.
sessions-stranger = Een browser die u niet kent?
sessions-stranger-text = Meld hem af en wijzig daarna uw wachtwoord:
sessions-stranger-link = Beveiliging

session-end-soon = Bent u er nog?
session-end-soon-text = U wordt afgemeld omdat er een tijd niets is gebeurd. Wat u op deze pagina hebt ingevuld, blijft staan.
session-end-last = Uw aanmelding eindigt binnenkort
session-end-last-text = U bent al heel lang aangemeld, daarom vraagt het portaal u opnieuw aan te melden. Doe dat in een nieuw tabblad: wat u op deze pagina hebt ingevuld, blijft staan, en u kunt hier verdergaan.
session-end-over = U bent afgemeld
session-end-over-text = Wat u op deze pagina hebt ingevuld, staat er nog. Meld u in een nieuw tabblad weer aan en ga dan hier verder.
session-end-minutes = Nog # minuten
session-end-minute = Nog minder dan een minuut
session-end-stay = Aangemeld blijven
session-end-again = Aanmelden in nieuw tabblad
session-end-not-now = Niet nu
session-end-show = Pagina tonen
session-end-failed = Het portaal antwoordt nu niet. Controleer uw verbinding en probeer het opnieuw.

tokens-meta = Wat programma's uit uw naam mogen doen, zoals uw ERP-systeem.
tokens-title = Uw sleutels
tokens-empty = Geen sleutels
tokens-empty-text = Met een sleutel gebruikt een programma het portaal uit uw naam. Maak er hieronder een als een programma erom vraagt.
tokens-made = Uw nieuwe sleutel
tokens-made-text = Kopieer hem nu. Hij wordt niet opgeslagen en kan niet nog eens getoond worden.
tokens-secret = Sleutel
tokens-copy = Kopiëren
tokens-copied = Gekopieerd.
tokens-new = Nieuwe sleutel
tokens-name = Waarvoor is hij?
tokens-name-hint = Bijvoorbeeld de naam van het programma. Daaraan herkent u de sleutel.
tokens-access = Wat mag hij?
tokens-access-read = Alleen lezen
tokens-access-read-text = Alles wat u ziet, zonder iets te wijzigen.
tokens-access-areas = Alleen bepaalde onderdelen
tokens-access-areas-text = Zo weinig als het programma nodig heeft.
tokens-access-all = Alles wat ik mag
tokens-access-all-text = Wie de sleutel heeft, kan namens u handelen.
tokens-areas = Onderdelen
tokens-area-account = Uw account
tokens-area-audit = Logboek
tokens-area-documents = Documenten
tokens-area-home = Start
tokens-area-imports = Imports
tokens-area-jobs = Achtergrondwerk
tokens-area-mail = Teruggekomen e-mails
tokens-area-organisations = Organisaties
tokens-area-orders = Orders
tokens-area-appointments = Afspraken
tokens-area-projects = Projecten
tokens-area-settings = Instellingen
tokens-area-users = Personen
tokens-area-webhooks = Webhooks
tokens-area-other = Overig
tokens-may-all = Alles wat u mag
tokens-may-read-all = Alles lezen
tokens-may-read = Lezen: { $area }
tokens-may-write = Lezen en wijzigen: { $area }
tokens-expires = Hoelang geldt hij?
tokens-days = { $days } dagen
tokens-date = Tot een bepaalde dag
tokens-last-day = Laatste dag
tokens-never = Tot ik hem intrek
tokens-never-text = Een vergeten sleutel blijft gevaarlijk. Kies een dag als het kan.
tokens-create = Sleutel maken
tokens-created = Gemaakt: { $when }
tokens-ends = geldig tot: { $when }
tokens-ended = verlopen: { $when }
tokens-no-end = zonder einde
tokens-used = laatst gebruikt: { $when }
tokens-never-used = nooit gebruikt
tokens-expired = Verlopen
tokens-revoke = Intrekken
tokens-revoke-label = { $name } intrekken
tokens-revoked = De sleutel is ingetrokken. Hij geldt niet meer.
tokens-error-name = Zeg waarvoor de sleutel is, op één regel van hoogstens 100 tekens.
tokens-error-scope = Kies wat de sleutel mag.
tokens-error-no-area = Kies minstens één onderdeel.
tokens-error-expires = Kies hoelang de sleutel geldt.
tokens-error-date = Kies een dag in de komende vijf jaar.
tokens-error-many = U hebt { $count } sleutels. Trek er een in voordat u een nieuwe maakt.

data-meta = Wat het portaal over u weet, en een kopie daarvan.
data-stored = Wat over u is opgeslagen
data-profile = Wie u bent
data-profile-text = Naam, adres, taal, tijdzone en in welke organisaties u welke rol en rechten hebt.
data-sign-in = Hoe u zich aanmeldt
data-sign-in-text = Uw wachtwoord als vingerafdruk die niemand kan teruglezen, uw authenticator-app, passkeys en API-sleutels met naam en datums.
data-sessions = Waar u bent aangemeld
data-sessions-text = Browser, adres en tijd van elke sessie tot ze eindigt, en een jaar lang welke browsers u hebt gebruikt.
data-reads = Wat u hebt geopend
data-reads-text = Welke versie van een document u het laatst hebt geopend en wanneer, zodat de afzenders weten dat het is aangekomen.
data-trail = Wat u hebt gedaan
data-trail-text = Eén regel per handeling, met nummers en tijden, in een logboek dat niemand kan wijzigen.
data-copy = Uw kopie
data-copy-text = Eén bestand in JSON met alles wat hierboven staat. Wachtwoorden en sleutels staan er niet in.
data-copy-proof = Misschien wordt opnieuw om uw wachtwoord gevraagd.
data-download = Downloaden
data-erase = Klopt er iets niet, of wilt u uw gegevens laten wissen? Uw contactpersoon zorgt ervoor.

people-last-administrator = Dit is de laatste administrator. Geef de rol eerst aan iemand anders.
people-not-yourself = Dit kunt u niet met uw eigen toegang doen. Vraag een andere administrator.
people-not-staff = Deze persoon hoort bij een klant. Klanten hebben in elke organisatie een eigen rol.
