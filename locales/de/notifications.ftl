### What people are told: the bell, its page, and the kinds there are.

notifications-title = Benachrichtigungen
notifications-meta = Was mit dem geschehen ist, was Sie sehen können. Per E-Mail kommt es so, wie Sie es einstellen.
notifications-settings = Einstellungen
notifications-which = Auswahl
notifications-all = Alle
notifications-unread = Ungelesen
notifications-area = Bereich
notifications-area-any = Alle Bereiche
notifications-filter = Anzeigen
notifications-mark-all = Alle als gelesen markieren
notifications-mark-one = Als gelesen markieren: { $title }
notifications-all-seen = { $count ->
    [one] Eine Benachrichtigung als gelesen markiert.
   *[other] { $count } Benachrichtigungen als gelesen markiert.
}
notifications-new = Neu
notifications-needs-me = Sie sind dran
notifications-empty-title = Noch nichts
notifications-empty-text = Sobald ein Dokument für Sie veröffentlicht wird, sich ein Auftrag ändert oder jemand eine Antwort braucht, steht es hier.
notifications-none-unread-title = Alles gelesen
notifications-none-unread-text = Neues erscheint hier von selbst.
notifications-bell = Benachrichtigungen
notifications-bell-count = Benachrichtigungen, { $count } ungelesen

## Areas.

notifications-area-documents = Dokumente
notifications-area-approvals = Freigaben
notifications-area-files = Angeforderte und gesendete Dateien
notifications-area-orders = Aufträge
notifications-area-projects = Projekte
notifications-area-appointments = Termine
notifications-area-organisation = Personen und Stammdaten
notifications-area-announcements = Ankündigungen
notifications-area-imports = Importe
notifications-area-security = Anmeldung und Sicherheit

## What the kinds are called, for settings.

notifications-kind-document-published = Neue Dokumente
notifications-kind-document-version = Neue Versionen von Dokumenten
notifications-kind-document-withdrawn = Zurückgezogene Dokumente
notifications-kind-document-ends = Ablaufende Dokumente
notifications-kind-file-held = Vom Virenscanner zurückgehaltene Dateien
notifications-kind-approval-asked = Freigaben, um die ich gebeten werde
notifications-kind-approval-reminder = Erinnerungen an Freigaben
notifications-kind-approval-withdrawn = Freigaben, die sich erledigt haben
notifications-kind-approval-over = Ergebnis meiner Freigabeanfragen
notifications-kind-request-asked = Dateien, um die ich gebeten werde
notifications-kind-request-reminder = Erinnerungen an Dateien
notifications-kind-request-withdrawn = Dateien, die nicht mehr gebraucht werden
notifications-kind-request-accepted = Angenommene Dateien
notifications-kind-request-answered = Angeforderte Dateien sind da
notifications-kind-file-arrived = Dateien, die Kunden senden
notifications-kind-order-created = Neue Aufträge
notifications-kind-order-changed = Änderungen an Aufträgen
notifications-kind-orders-changed = Viele Aufträge auf einmal
notifications-kind-order-confirmed = Von Kunden bestätigte Aufträge
notifications-kind-task-asked = Aufgaben für mich
notifications-kind-task-reminder = Erinnerungen an Aufgaben
notifications-kind-task-done = Aufgaben, die die andere Seite erledigt hat
notifications-kind-project-created = Neue Projekte
notifications-kind-project-changed = Änderungen an Projekten
notifications-kind-projects-changed = Viele Projekte auf einmal
notifications-kind-project-joined = Projekte, zu denen ich dazukomme
notifications-kind-project-comment = Kommentare in Projekten
notifications-kind-project-report = Statusberichte zu Projekten
notifications-kind-project-decision = Entscheidungen in Projekten
notifications-kind-project-milestone = Meilensteine von Projekten
notifications-kind-appointment-proposed = Terminvorschläge
notifications-kind-appointment-wished = Andere Terminwünsche von Kunden
notifications-kind-appointment-changed = Vereinbarte, geänderte und abgesagte Termine
notifications-kind-appointment-reminder = Erinnerungen an Termine
notifications-kind-member-joined = Neue Personen in der Organisation
notifications-kind-member-changed = Geänderte Rechte von Personen
notifications-kind-member-removed = Personen, die nicht mehr dazugehören
notifications-kind-organisation-changed = Stammdaten meiner Kunden
notifications-kind-organisation-assigned = Kunden, die mir zugeteilt werden
notifications-kind-organisation-security = Anmelderegeln der Organisation
notifications-kind-announcement = Ankündigungen
notifications-kind-import-failed = Dateien, die nicht importiert wurden
notifications-kind-security-factor = Änderungen an meinem zweiten Faktor
notifications-kind-security-suspect = Verdächtige Passkeys
notifications-kind-security-password = Änderungen meines Passworts
notifications-kind-security-address = Änderungen meiner Anmeldeadresse
notifications-kind-security-device = Anmeldungen auf einem neuen Gerät
notifications-kind-security-token = Neue API-Token von mir
notifications-kind-security-membership = Meine Rechte in einer Organisation
notifications-kind-security-access = Meine Anmeldung gesperrt oder wiederhergestellt

## What a line says.

notifications-line-document-published = Neues Dokument: { $title }
notifications-line-document-version = Neue Version: { $title }
notifications-line-document-withdrawn = Zurückgezogen: { $title }
notifications-line-document-ends = Läuft bald ab: { $title }
notifications-line-file-held = Der Virenscanner hält eine Datei zurück: { $title }
notifications-line-approval-asked = Bitte freigeben: { $title }
notifications-line-approval-reminder = Noch freizugeben: { $title }
notifications-line-approval-withdrawn = Freigabe nicht mehr nötig: { $title }
notifications-line-approval-over = Freigabe entschieden: { $title }
notifications-line-request-asked = Bitte senden: { $title }
notifications-line-request-reminder = Noch zu senden: { $title }
notifications-line-request-withdrawn = Nicht mehr zu senden: { $title }
notifications-line-request-accepted = Angenommen: { $title }
notifications-line-request-answered = Datei eingegangen: { $title }
notifications-line-file-arrived = Neue Dateien von { $title }
notifications-line-order-created = Neuer Auftrag: { $title }
notifications-line-order-changed = Auftrag geändert: { $title }
notifications-line-orders-changed = { $created ->
    [0] { $changed ->
        [one] Ein Auftrag geändert
       *[other] { $changed } Aufträge geändert
    }
   *[other] { $changed ->
        [0] { $created ->
            [one] Ein neuer Auftrag
           *[other] { $created } neue Aufträge
        }
       *[other] { $count } Aufträge neu oder geändert
    }
}
notifications-line-order-confirmed = Vom Kunden bestätigt: { $title }
notifications-line-task-asked = Zu erledigen: { $title }
notifications-line-task-reminder = Noch zu erledigen: { $title }
notifications-line-task-done = Erledigt: { $title }
notifications-line-project-created = Neues Projekt: { $title }
notifications-line-project-changed = Projekt geändert: { $title }
notifications-line-projects-changed = { $created ->
    [0] { $changed ->
        [one] Ein Projekt geändert
       *[other] { $changed } Projekte geändert
    }
   *[other] { $changed ->
        [0] { $created ->
            [one] Ein neues Projekt
           *[other] { $created } neue Projekte
        }
       *[other] { $count } Projekte neu oder geändert
    }
}
notifications-line-project-joined = Sie gehören jetzt zu diesem Projekt: { $title }
notifications-line-project-comment = Neuer Kommentar: { $title }
notifications-line-project-report = Neuer Stand: { $title }
notifications-line-project-decision = Entschieden: { $title }
notifications-line-project-milestone = Meilensteine geändert: { $title }
notifications-line-appointment-proposed = Bitte Termin wählen: { $title }
notifications-line-appointment-wished = Anderer Termin gewünscht: { $title }
notifications-line-appointment-changed = Termin aktualisiert: { $title }
notifications-line-appointment-reminder = Steht bevor: { $title }
notifications-line-member-joined = Neu dabei: { $title }
notifications-line-member-changed = Rechte geändert: { $title }
notifications-line-member-removed = Gehört nicht mehr dazu: { $title }
notifications-line-organisation-changed = Stammdaten geändert: { $title }
notifications-line-organisation-assigned = Sie betreuen jetzt diesen Kunden: { $title }
notifications-line-organisation-security = Anmelderegeln geändert: { $title }
notifications-line-announcement = Ankündigung: { $title }
notifications-line-import-failed = { $rejected ->
    [0] Nicht importiert: { $title }
    [one] Nicht importiert: { $title }, eine Zeile ist falsch
   *[other] Nicht importiert: { $title }, { $rejected } Zeilen sind falsch
}
notifications-line-security-factor = Ihr zweiter Faktor wurde geändert
notifications-line-security-suspect = Ein Passkey von Ihnen wurde gesperrt
notifications-line-security-password = Ihr Passwort wurde geändert
notifications-line-security-address = Ihre Anmeldeadresse wurde geändert
notifications-line-security-device = Jemand hat sich in Ihrem Namen auf einem neuen Gerät angemeldet
notifications-line-security-token = Für Sie wurde ein API-Token erstellt
notifications-line-security-membership = Ihre Rechte haben sich geändert: { $title }
notifications-line-security-access = Ihre Anmeldung wurde gesperrt oder wiederhergestellt
