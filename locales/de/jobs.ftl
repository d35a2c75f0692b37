# The job queue.
jobs-kind-mail = E-Mail
jobs-kind-password-reset = Vergessenes Passwort
jobs-kind-sign-in-link = Link zum Anmelden
jobs-kind-uploads = Abgebrochene Uploads entfernen
jobs-kind-sessions = Beendete Sitzungen entfernen
jobs-kind-throttles = Alte Zähler fehlgeschlagener Anmeldungen entfernen
jobs-kind-idempotency = Alte Idempotenzschlüssel entfernen
jobs-kind-links = Abgelaufene Links entfernen
jobs-kind-audit = Protokoll prüfen
jobs-kind-views = Abgelaufene Ansichten als Kunde beenden
jobs-kind-approvals = An Freigaben erinnern
jobs-kind-retention = Dokumente nach Ablauf löschen
jobs-kind-requests = An angeforderte Dateien erinnern
jobs-kind-tasks = An Aufgaben von Projekten erinnern
jobs-kind-appointments = An Termine erinnern
jobs-kind-renewals = Auf Ablaufendes hinweisen
jobs-kind-arrivals = Mitteilen, was Kunden geschickt haben
jobs-kind-scan = Datei auf Viren prüfen
jobs-kind-scan-all = Alle Dateien auf Viren prüfen
jobs-kind-preview = Vorschau einer Datei erstellen
jobs-kind-preview-all = Fehlende Vorschauen erstellen
jobs-kind-jobs = Erledigte Aufgaben entfernen
jobs-kind-words = Wörter gelöschter Dokumente vergessen
jobs-conflict-state = Die Aufgabe läuft inzwischen oder ist erledigt. Sehen Sie die Liste noch einmal an.
jobs-conflict-replaced = Eine neuere Aufgabe für dieselbe Sache wartet schon. Verwerfen Sie stattdessen diese.
jobs-meta = E-Mails und Hausarbeiten des Portals: was wartet, was läuft, was aufgegeben wurde.
jobs-dead-notice = { $count ->
    [one] Eine Aufgabe wurde aufgegeben.
   *[other] { $count } Aufgaben wurden aufgegeben.
}
jobs-dead-one = Diese Aufgabe wurde aufgegeben.
jobs-dead-text = Beheben Sie zuerst die Ursache, etwa einen Mailserver, der ablehnt. Lassen Sie es danach noch einmal versuchen, oder verwerfen Sie die Aufgabe.
jobs-retry-failed = Alle fehlgeschlagenen erneut versuchen
jobs-retry = Jetzt erneut versuchen
jobs-drop = Verwerfen
jobs-drop-title = Diese Aufgabe verwerfen?
jobs-drop-text = Sie wird nicht erledigt. Eine E-Mail wird nicht verschickt.
jobs-retried = Die Aufgabe wird jetzt erneut versucht.
jobs-retried-count = { $count ->
    [0] Nichts ist fehlgeschlagen.
    [one] Eine Aufgabe wird jetzt erneut versucht.
   *[other] { $count } Aufgaben werden jetzt erneut versucht.
}
jobs-dropped = Die Aufgabe wurde verworfen.
jobs-count-dead = Aufgegeben
jobs-count-waiting = Wartend
jobs-count-running = Laufend
jobs-oldest = Die älteste: { $age }
jobs-age-now = gerade eben
jobs-age-minutes = { $count ->
    [one] eine Minute alt
   *[other] { $count } Minuten alt
}
jobs-age-hours = { $count ->
    [one] eine Stunde alt
   *[other] { $count } Stunden alt
}
jobs-age-days = { $count ->
    [one] einen Tag alt
   *[other] { $count } Tage alt
}
jobs-tab-all = Alle
jobs-tab-dead = Aufgegeben
jobs-tab-waiting = Wartend
jobs-tab-running = Laufend
jobs-tab-done = Erledigt
jobs-state = Zustand
jobs-state-waiting = Wartet
jobs-state-again = Fehlgeschlagen, wird erneut versucht
jobs-state-running = Läuft
jobs-state-done = Erledigt
jobs-state-dead = Aufgegeben
jobs-kind = Art
jobs-all-kinds = Alle Arten
jobs-filter = Filtern
jobs-work = Aufgabe
jobs-attempts = Versuche
jobs-attempts-of = { $attempts } von { $most }
jobs-created = Eingereiht
jobs-started = Zuletzt begonnen
jobs-finished = Beendet
jobs-next = Nächster Versuch
jobs-lease = Vergeben bis
jobs-last-error = Letzter Fehler
jobs-topic = Gegenstand
jobs-id = Kennung
jobs-facts = Über diese Aufgabe
jobs-empty-title = Hier ist nichts
jobs-empty-text = E-Mails, die zu verschicken sind, und Pflichten des Portals stehen hier, solange sie warten, laufen oder fehlgeschlagen sind, und eine Woche lang, nachdem sie erledigt sind.
jobs-kind-import-check = Datei vor dem Import durchsehen
jobs-kind-import-run = Datei importieren
jobs-kind-import-undo = Import zurücknehmen
jobs-kind-import-watch = In den Import-Ordner sehen
jobs-kind-import-purge = Dateien alter Importe entfernen
jobs-kind-notifications = Alte Benachrichtigungen entfernen
jobs-kind-webhooks = Webhook benachrichtigen
jobs-kind-webhooks-purge = Alte Nachrichten von Webhooks vergessen
jobs-kind-push = Auf Geräten melden
jobs-kind-announcement = Beginn einer Mitteilung melden
