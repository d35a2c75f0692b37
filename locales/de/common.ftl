# Words that every feature shares: roles, dates, people, audit.
role-customer = Kunde
role-customer-admin = Portalverwaltung
role-partner = Externer Partner
role-project-manager = Projektleitung
role-support = Support
role-finance = Finanzen
role-sales = Vertrieb
role-management = Geschäftsleitung
role-administrator = Administration

date-today = Heute
date-yesterday = Gestern
date-tomorrow = morgen

people-never = noch nie angemeldet
people-seen = zuletzt angemeldet: { $when }

account-language-unknown = Diese Sprache gibt es hier nicht.
account-theme-unknown = Diese Darstellung gibt es hier nicht.
error-wait = Zu viele Versuche. Bitte warten Sie { $minutes ->
    [one] eine Minute
   *[other] { $minutes } Minuten
} und versuchen Sie es erneut.
idempotency-other-request = Dieser Schlüssel wurde für eine andere Anfrage benutzt.
idempotency-in-progress = Dieselbe Anfrage wird gerade ausgeführt.
idempotency-done = Die Anfrage mit diesem Schlüssel wurde ausgeführt. Die Antwort ist nicht aufbewahrt oder nicht mehr für Sie bestimmt: Lesen Sie, was sie geändert hat, bevor Sie sie mit einem anderen Schlüssel senden.

audit-meta = Jede Handlung, die neueste zuerst. Das Protokoll lässt sich nicht ändern.
audit-when = Wann
audit-who = Wer
audit-what = Was
audit-detail = Details
audit-operator = Betrieb, direkt am Server
audit-nobody = Nicht angemeldet
audit-token = per API-Token
export-csv = CSV
export-xlsx = Excel
export-cut = Diese Datei enthält nur die ersten { $max } Zeilen. Grenzen Sie die Liste ein, um die übrigen zu bekommen.
