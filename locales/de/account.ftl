# Das eigene Konto, und was über Zugänge gesagt wird.
account-tab-profile = Profil
account-tab-security = Sicherheit
account-tab-sessions = Sitzungen
account-tab-tokens = API-Schlüssel
account-tab-data = Meine Daten

account-profile = Wer Sie sind und wie das Portal mit Ihnen spricht
account-profile-meta = Ihr Name, Ihre Sprache und was Sie sehen dürfen.
account-name = Name
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

people-last-administrator = Das ist die letzte Administration. Geben Sie die Rolle zuerst jemand anderem.
people-not-yourself = Das können Sie nicht mit Ihrem eigenen Zugang tun. Bitten Sie eine andere Administration darum.
people-not-staff = Diese Person gehört zu einem Kunden. Kunden haben in jeder Organisation eine eigene Rolle.
