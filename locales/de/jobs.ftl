# The job queue.
jobs-kind-mail = E-Mail
jobs-kind-password-reset = Vergessenes Passwort
jobs-kind-sign-in-link = Link zum Anmelden
jobs-kind-uploads = Abgebrochene Uploads entfernen
jobs-kind-sessions = Beendete Sitzungen entfernen
jobs-kind-throttles = Alte Zähler fehlgeschlagener Anmeldungen entfernen
jobs-kind-idempotency = Alte Idempotenzschlüssel entfernen
jobs-kind-links = Abgelaufene Links entfernen
jobs-kind-jobs = Erledigte Aufträge entfernen
jobs-conflict-state = Der Auftrag läuft inzwischen oder ist erledigt. Sehen Sie die Liste noch einmal an.
jobs-conflict-replaced = Ein neuerer Auftrag für dieselbe Sache wartet schon. Verwerfen Sie stattdessen diesen.
