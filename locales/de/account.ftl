# Das eigene Konto, und was über Zugänge gesagt wird.
account-tab-profile = Profil
account-tab-security = Sicherheit
account-tab-sessions = Sitzungen
account-tab-tokens = API-Schlüssel
account-tab-calendar = Kalender
account-tab-data = Meine Daten

account-profile = Wer Sie sind und wie das Portal mit Ihnen spricht
account-profile-meta = Ihr Name, Ihre Sprache und was Sie sehen dürfen.
account-name = Name
account-phone = Telefon
account-hours = Wann Sie zu erreichen sind
account-hours-hint = Das lesen Kunden, deren Ansprechperson Sie sind, zum Beispiel „Mo bis Fr, 8 bis 16:30 Uhr“.
account-portrait = Porträt
account-portrait-who = Kunden, deren Ansprechpartner Sie sind, sehen es neben Ihrem Namen. Sonst niemand.
account-portrait-hint = JPEG, PNG, WebP oder GIF, bis { $size }. Die Mitte wird als kleines Quadrat behalten; Ort und Kamera in der Datei werden verworfen.
account-portrait-file = Bild
account-portrait-save = Bild verwenden
account-portrait-remove = Entfernen
account-portrait-saved = Ihr Porträt ist gespeichert.
account-portrait-removed = Ihr Porträt ist entfernt.
account-error-portrait = Diese Datei ist kein Bild, das verwendet werden kann. JPEG, PNG, WebP und GIF gehen.
account-error-portrait-pixels = Dieses Bild hat zu viele Pixel. Bitte verkleinern Sie es.
account-error-portrait-size = Dieses Bild ist zu groß. Bitte nehmen Sie ein kleineres.
account-error-phone = Bitte geben Sie eine Telefonnummer ein, zum Beispiel +49 431 123456.
account-error-hours = Bitte höchstens { $max } Zeichen.
account-error-staff = Ansprechpersonen von Kunden sind nur Mitarbeiterinnen und Mitarbeiter.
account-name-hint = So lesen ihn Kolleginnen, Kollegen und Ihre Ansprechpersonen.
account-time-zone = Zeitzone
account-time-zone-hint = Alle Daten und Uhrzeiten werden in dieser Zone angezeigt.
account-time-zone-portal = Wie das Portal: { $zone }
account-language-browser = Wie im Browser eingestellt
account-save = Speichern
account-saved = Ihr Profil ist gespeichert.
account-error-name = Geben Sie Ihren Namen ein, in einer Zeile mit höchstens 200 Zeichen.
account-error-time-zone = Diese Zeitzone gibt es nicht.
account-changed-meanwhile = Ihr Profil wurde inzwischen in einem anderen Fenster geändert. Prüfen Sie es und speichern Sie noch einmal.
account-address = Adresse zum Anmelden
account-address-change = Adresse ändern
account-since = Zugang seit: { $when }
account-role = Ihre Rolle
account-role-staff = Was Sie sehen und tun dürfen, legt die Administration fest.
account-memberships = Wo Sie dazugehören und was Sie dort sehen
account-nowhere = Sie gehören zu keiner Organisation
account-nowhere-text = Bitten Sie die Portalverwaltung in Ihrem Unternehmen, Sie wieder aufzunehmen.
account-module-documents = Dokumente
account-module-orders = Aufträge und Projekte
account-module-money = Angebote und Rechnungen
account-module-tickets = Anfragen
account-reach-none = nichts
account-reach-own = nur das Eigene
account-reach-organisation = alles der Organisation

sessions-meta = Jeder Browser, der mit Ihrem Konto angemeldet ist.
sessions-here = Dieser Browser
sessions-others = Anderswo
sessions-no-others = Sonst nirgends
sessions-no-others-text = Andere Browser stehen hier, solange Sie darin angemeldet sind.
sessions-this = Hier sind Sie
sessions-device = { $browser } auf { $system }
sessions-device-unknown = Unbekannter Browser
sessions-place-unknown = Ort unbekannt
sessions-place-machine = Der Rechner, auf dem das Portal läuft
sessions-place-same = Das Netz, in dem Sie gerade sind
sessions-place-local = Ein anderes lokales Netz
sessions-place-internet = Internetadresse { $range }
sessions-place-proxied = über einen Proxy
sessions-begun = Angemeldet: { $when }
sessions-used = zuletzt benutzt: { $when }
sessions-with-factor = { $method } und { $factor }
sessions-method-password = mit Passwort
sessions-method-passkey = Passkey
sessions-method-totp = Code aus der App
sessions-method-recovery-code = Wiederherstellungscode
sessions-method-single-sign-on = über die Anmeldung Ihres Unternehmens
sessions-method-mail-link = über einen Link in einer E-Mail
sessions-end = Abmelden
sessions-end-label = Abmelden: { $device }, { $place }
sessions-ended = Dieser Browser ist abgemeldet.
sessions-end-all = Überall sonst abmelden
sessions-end-all-title = Überall sonst abmelden?
sessions-end-all-text = { $count ->
    [one] Ein Browser wird sofort abgemeldet. Hier bleiben Sie angemeldet.
   *[other] { $count } Browser werden sofort abgemeldet. Hier bleiben Sie angemeldet.
}
sessions-ended-others = { $count ->
    [0] Sie waren sonst nirgends angemeldet.
    [one] Ein Browser ist abgemeldet.
   *[other] { $count } Browser sind abgemeldet.
}
sessions-rules = Wann Sie von selbst abgemeldet werden
sessions-rule-idle = Nach { $minutes ->
    [one] einer Minute
   *[other] { $minutes } Minuten
} ohne Klick. Sie werden vorher gewarnt.
sessions-rule-absolute = { $hours ->
    [one] Eine Stunde
   *[other] { $hours } Stunden
} nach der Anmeldung in jedem Fall.
sessions-stranger = Ein Browser, den Sie nicht kennen?
sessions-stranger-text = Melden Sie ihn ab und ändern Sie dann Ihr Passwort:
sessions-stranger-link = Sicherheit

session-end-soon = Sind Sie noch da?
session-end-soon-text = Sie werden gleich abgemeldet, weil eine Weile nichts geschehen ist. Was Sie auf dieser Seite eingegeben haben, bleibt stehen.
session-end-last = Ihre Anmeldung endet bald
session-end-last-text = Sie sind schon sehr lange angemeldet, deshalb bittet das Portal um eine neue Anmeldung. Melden Sie sich in einem neuen Tab an: Was Sie auf dieser Seite eingegeben haben, bleibt stehen, und Sie können hier weitermachen.
session-end-over = Sie sind abgemeldet
session-end-over-text = Was Sie auf dieser Seite eingegeben haben, steht noch hier. Melden Sie sich in einem neuen Tab wieder an und machen Sie dann hier weiter.
session-end-minutes = Noch # Minuten
session-end-minute = Noch weniger als eine Minute
session-end-stay = Angemeldet bleiben
session-end-again = In neuem Tab anmelden
session-end-not-now = Jetzt nicht
session-end-show = Seite zeigen
session-end-failed = Das Portal antwortet gerade nicht. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.

tokens-meta = Was Programme in Ihrem Namen tun dürfen, zum Beispiel Ihr ERP-System.
tokens-title = Ihre Schlüssel
tokens-empty = Keine Schlüssel
tokens-empty-text = Mit einem Schlüssel nutzt ein Programm das Portal in Ihrem Namen. Erstellen Sie unten einen, wenn ein Programm danach fragt.
tokens-made = Ihr neuer Schlüssel
tokens-made-text = Kopieren Sie ihn jetzt. Er wird nicht gespeichert und kann nicht noch einmal angezeigt werden.
tokens-secret = Schlüssel
tokens-copy = Kopieren
tokens-copied = Kopiert.
tokens-new = Neuer Schlüssel
tokens-name = Wofür ist er?
tokens-name-hint = Zum Beispiel der Name des Programms. Daran erkennen Sie den Schlüssel wieder.
tokens-access = Was darf er?
tokens-access-read = Nur lesen
tokens-access-read-text = Alles, was Sie sehen, ohne etwas zu ändern.
tokens-access-areas = Nur bestimmte Bereiche
tokens-access-areas-text = So wenig, wie das Programm braucht.
tokens-access-all = Alles, was ich darf
tokens-access-all-text = Wer den Schlüssel hat, kann in Ihrem Namen handeln.
tokens-areas = Bereiche
tokens-area-account = Ihr Konto
tokens-area-audit = Protokoll
tokens-area-documents = Dokumente
tokens-area-home = Start
tokens-area-imports = Importe
tokens-area-jobs = Hintergrundarbeit
tokens-area-mail = Zurückgekommene E-Mails
tokens-area-organisations = Organisationen
tokens-area-orders = Aufträge
tokens-area-appointments = Termine
tokens-area-projects = Projekte
tokens-area-settings = Einstellungen
tokens-area-users = Personen
tokens-area-webhooks = Webhooks
tokens-area-other = Sonstiges
tokens-may-all = Alles, was Sie dürfen
tokens-may-read-all = Alles lesen
tokens-may-read = Lesen: { $area }
tokens-may-write = Lesen und ändern: { $area }
tokens-expires = Wie lange gilt er?
tokens-days = { $days } Tage
tokens-date = Bis zu einem bestimmten Tag
tokens-last-day = Letzter Tag
tokens-never = Bis ich ihn zurücknehme
tokens-never-text = Ein vergessener Schlüssel bleibt gefährlich. Wählen Sie einen Tag, wenn es geht.
tokens-create = Schlüssel erstellen
tokens-created = Erstellt: { $when }
tokens-ends = gilt bis: { $when }
tokens-ended = abgelaufen: { $when }
tokens-no-end = ohne Ende
tokens-used = zuletzt benutzt: { $when }
tokens-never-used = nie benutzt
tokens-expired = Abgelaufen
tokens-revoke = Zurücknehmen
tokens-revoke-label = { $name } zurücknehmen
tokens-revoked = Der Schlüssel ist zurückgenommen. Er gilt nicht mehr.
tokens-error-name = Sagen Sie, wofür der Schlüssel ist, in einer Zeile mit höchstens 100 Zeichen.
tokens-error-scope = Wählen Sie, was der Schlüssel darf.
tokens-error-no-area = Wählen Sie mindestens einen Bereich.
tokens-error-expires = Wählen Sie, wie lange der Schlüssel gilt.
tokens-error-date = Wählen Sie einen Tag in den nächsten fünf Jahren.
tokens-error-many = Sie haben { $count } Schlüssel. Nehmen Sie einen zurück, bevor Sie einen neuen erstellen.

data-meta = Was das Portal über Sie weiß, und eine Kopie davon.
data-stored = Was über Sie gespeichert ist
data-profile = Wer Sie sind
data-profile-text = Name, Adresse, Sprache, Zeitzone und in welchen Organisationen Sie welche Rolle und Rechte haben.
data-sign-in = Wie Sie sich anmelden
data-sign-in-text = Ihr Passwort als Fingerabdruck, den niemand zurücklesen kann, Ihre Authenticator-App, Passkeys und API-Schlüssel mit Namen und Daten.
data-sessions = Wo Sie angemeldet sind
data-sessions-text = Browser, Adresse und Zeit jeder Sitzung bis zu ihrem Ende, und ein Jahr lang, welche Browser Sie benutzt haben.
data-reads = Was Sie geöffnet haben
data-reads-text = Welche Fassung eines Dokuments Sie zuletzt wann geöffnet haben, damit die Absender wissen, dass es angekommen ist.
data-trail = Was Sie getan haben
data-trail-text = Ein Eintrag je Handlung, mit Nummern und Zeiten, in einem Protokoll, das niemand ändern kann.
data-copy = Ihre Kopie
data-copy-text = Eine Datei im Format JSON mit allem, was oben steht. Passwörter und Schlüssel sind nicht darin.
data-copy-proof = Vielleicht werden Sie noch einmal nach Ihrem Passwort gefragt.
data-download = Herunterladen
data-erase = Etwas stimmt nicht, oder Sie möchten Ihre Daten löschen lassen? Ihre Ansprechperson kümmert sich darum.

people-last-administrator = Das ist die letzte Administration. Geben Sie die Rolle zuerst jemand anderem.
people-not-yourself = Das können Sie nicht mit Ihrem eigenen Zugang tun. Bitten Sie eine andere Administration darum.
people-not-staff = Diese Person gehört zu einem Kunden. Kunden haben in jeder Organisation eine eigene Rolle.
