### What people are told: the bell, its page, and the kinds there are.

notifications-title = Meldingen
notifications-meta = Wat er gebeurd is met wat u kunt zien. Per e-mail komt het zoals u het instelt.
notifications-settings = Instellingen
notifications-which = Selectie
notifications-all = Alle
notifications-unread = Ongelezen
notifications-area = Onderdeel
notifications-area-any = Alle onderdelen
notifications-filter = Tonen
notifications-mark-all = Alles als gelezen markeren
notifications-mark-one = Als gelezen markeren: { $title }
notifications-all-seen = { $count ->
    [one] Eén melding als gelezen gemarkeerd.
   *[other] { $count } meldingen als gelezen gemarkeerd.
}
notifications-new = Nieuw
notifications-needs-me = U bent aan zet
notifications-empty-title = Nog niets
notifications-empty-text = Zodra er een document voor u wordt gepubliceerd, een order wijzigt of iemand een antwoord nodig heeft, staat het hier.
notifications-none-unread-title = Alles gelezen
notifications-none-unread-text = Wat nieuw is, verschijnt hier vanzelf.
notifications-bell = Meldingen
notifications-bell-count = Meldingen, { $count } ongelezen

## Areas.

notifications-area-documents = Documenten
notifications-area-approvals = Goedkeuringen
notifications-area-files = Gevraagde en gestuurde bestanden
notifications-area-orders = Orders
notifications-area-projects = Projecten
notifications-area-appointments = Afspraken
notifications-area-organisation = Personen en stamgegevens
notifications-area-announcements = Aankondigingen
notifications-area-imports = Importen
notifications-area-security = Aanmelden en beveiliging

## What the kinds are called, for settings.

notifications-kind-document-published = Nieuwe documenten
notifications-kind-document-version = Nieuwe versies van documenten
notifications-kind-document-withdrawn = Ingetrokken documenten
notifications-kind-document-ends = Documenten die aflopen
notifications-kind-file-held = Bestanden die de virusscanner tegenhoudt
notifications-kind-approval-asked = Goedkeuringen die van mij worden gevraagd
notifications-kind-approval-reminder = Herinneringen aan goedkeuringen
notifications-kind-approval-withdrawn = Goedkeuringen die niet meer nodig zijn
notifications-kind-approval-over = Uitkomst van goedkeuringen die ik vroeg
notifications-kind-request-asked = Bestanden die van mij worden gevraagd
notifications-kind-request-reminder = Herinneringen aan bestanden
notifications-kind-request-withdrawn = Bestanden die niet meer nodig zijn
notifications-kind-request-accepted = Geaccepteerde bestanden
notifications-kind-request-answered = Gevraagde bestanden zijn binnen
notifications-kind-file-arrived = Bestanden die klanten sturen
notifications-kind-order-created = Nieuwe orders
notifications-kind-order-changed = Wijzigingen in orders
notifications-kind-orders-changed = Veel orders tegelijk
notifications-kind-order-confirmed = Door klanten bevestigde orders
notifications-kind-task-asked = Taken voor mij
notifications-kind-task-reminder = Herinneringen aan taken
notifications-kind-task-done = Taken die de andere kant heeft afgerond
notifications-kind-project-created = Nieuwe projecten
notifications-kind-project-changed = Wijzigingen in projecten
notifications-kind-projects-changed = Veel projecten tegelijk
notifications-kind-project-joined = Projecten waar ik aan word toegevoegd
notifications-kind-project-comment = Opmerkingen in projecten
notifications-kind-project-report = Statusberichten van projecten
notifications-kind-project-decision = Besluiten in projecten
notifications-kind-project-milestone = Mijlpalen van projecten
notifications-kind-appointment-proposed = Voorgestelde tijden
notifications-kind-appointment-wished = Andere tijden die klanten vragen
notifications-kind-appointment-changed = Afgesproken, gewijzigde en afgezegde afspraken
notifications-kind-appointment-reminder = Herinneringen aan afspraken
notifications-kind-member-joined = Nieuwe personen in de organisatie
notifications-kind-member-changed = Gewijzigde rechten van personen
notifications-kind-member-removed = Personen die er niet meer bij horen
notifications-kind-organisation-changed = Stamgegevens van mijn klanten
notifications-kind-organisation-assigned = Klanten die aan mij worden toegewezen
notifications-kind-organisation-security = Aanmeldregels van de organisatie
notifications-kind-announcement = Aankondigingen
notifications-kind-import-failed = Bestanden die niet zijn geïmporteerd
notifications-kind-security-factor = Wijzigingen van mijn tweede factor
notifications-kind-security-suspect = Verdachte passkeys
notifications-kind-security-password = Wijzigingen van mijn wachtwoord
notifications-kind-security-address = Wijzigingen van mijn aanmeldadres
notifications-kind-security-device = Aanmeldingen op een nieuw apparaat
notifications-kind-security-token = Nieuwe API-tokens van mij
notifications-kind-security-membership = Mijn rechten in een organisatie
notifications-kind-security-access = Mijn aanmelding geblokkeerd of hersteld

## What a line says.

notifications-line-document-published = Nieuw document: { $title }
notifications-line-document-version = Nieuwe versie: { $title }
notifications-line-document-withdrawn = Ingetrokken: { $title }
notifications-line-document-ends = Loopt binnenkort af: { $title }
notifications-line-file-held = De virusscanner houdt een bestand tegen: { $title }
notifications-line-approval-asked = Graag goedkeuren: { $title }
notifications-line-approval-reminder = Nog goed te keuren: { $title }
notifications-line-approval-withdrawn = Goedkeuring niet meer nodig: { $title }
notifications-line-approval-over = Over goedkeuring beslist: { $title }
notifications-line-request-asked = Graag sturen: { $title }
notifications-line-request-reminder = Nog te sturen: { $title }
notifications-line-request-withdrawn = Niet meer te sturen: { $title }
notifications-line-request-accepted = Geaccepteerd: { $title }
notifications-line-request-answered = Bestand ontvangen: { $title }
notifications-line-file-arrived = Nieuwe bestanden van { $title }
notifications-line-order-created = Nieuwe order: { $title }
notifications-line-order-changed = Order gewijzigd: { $title }
notifications-line-orders-changed = { $created ->
    [0] { $changed ->
        [one] Eén order gewijzigd
       *[other] { $changed } orders gewijzigd
    }
   *[other] { $changed ->
        [0] { $created ->
            [one] Eén nieuwe order
           *[other] { $created } nieuwe orders
        }
       *[other] { $count } orders nieuw of gewijzigd
    }
}
notifications-line-order-confirmed = Door de klant bevestigd: { $title }
notifications-line-task-asked = Te doen: { $title }
notifications-line-task-reminder = Nog te doen: { $title }
notifications-line-task-done = Gedaan: { $title }
notifications-line-project-created = Nieuw project: { $title }
notifications-line-project-changed = Project gewijzigd: { $title }
notifications-line-projects-changed = { $created ->
    [0] { $changed ->
        [one] Eén project gewijzigd
       *[other] { $changed } projecten gewijzigd
    }
   *[other] { $changed ->
        [0] { $created ->
            [one] Eén nieuw project
           *[other] { $created } nieuwe projecten
        }
       *[other] { $count } projecten nieuw of gewijzigd
    }
}
notifications-line-project-joined = U hoort nu bij dit project: { $title }
notifications-line-project-comment = Nieuwe opmerking: { $title }
notifications-line-project-report = Nieuwe stand: { $title }
notifications-line-project-decision = Besloten: { $title }
notifications-line-project-milestone = Mijlpalen gewijzigd: { $title }
notifications-line-appointment-proposed = Kies een tijd: { $title }
notifications-line-appointment-wished = Andere tijd gevraagd: { $title }
notifications-line-appointment-changed = Afspraak bijgewerkt: { $title }
notifications-line-appointment-reminder = Binnenkort: { $title }
notifications-line-member-joined = Nieuw erbij: { $title }
notifications-line-member-changed = Rechten gewijzigd: { $title }
notifications-line-member-removed = Hoort er niet meer bij: { $title }
notifications-line-organisation-changed = Stamgegevens gewijzigd: { $title }
notifications-line-organisation-assigned = U verzorgt nu deze klant: { $title }
notifications-line-organisation-security = Aanmeldregels gewijzigd: { $title }
notifications-line-announcement = Aankondiging: { $title }
notifications-line-import-failed = { $rejected ->
    [0] Niet geïmporteerd: { $title }
    [one] Niet geïmporteerd: { $title }, één rij is fout
   *[other] Niet geïmporteerd: { $title }, { $rejected } rijen zijn fout
}
notifications-line-security-factor = Uw tweede factor is gewijzigd
notifications-line-security-suspect = Een passkey van u is geblokkeerd
notifications-line-security-password = Uw wachtwoord is gewijzigd
notifications-line-security-address = Uw aanmeldadres is gewijzigd
notifications-line-security-device = Iemand heeft zich onder uw naam aangemeld op een nieuw apparaat
notifications-line-security-token = Er is een API-token voor u gemaakt
notifications-line-security-membership = Uw rechten zijn gewijzigd: { $title }
notifications-line-security-access = Uw aanmelding is geblokkeerd of hersteld
