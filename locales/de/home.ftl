# The customer's home.
home-good-morning = Guten Morgen, { $name }
home-good-afternoon = Guten Tag, { $name }
home-good-evening = Guten Abend, { $name }
home-needs-count = { $count ->
    [0] Nichts wartet auf Sie.
    [one] Ein Vorgang wartet auf Sie.
   *[other] { $count } Vorgänge warten auf Sie.
}
home-needs = Wartet auf Sie
home-needs-empty-title = Alles erledigt
home-needs-empty-text = Was Sie angeht, steht hier: Dokumente zum Freigeben oder Lesen, Dateien, um die Sie gebeten werden, Aufträge, die auf Ihre Antwort warten.
home-read = Lesen
home-read-document = „{ $title }“ lesen
home-approve = Entscheiden
home-approve-document = „{ $title }“ freigeben
home-asked-by = erbeten von { $name }, { $when }
home-new-documents = Neue Dokumente
home-all-documents = Alle Dokumente
home-documents-empty-title = Noch keine Dokumente
home-documents-empty-text = Sobald Ihre Ansprechperson ein Dokument mit Ihnen teilt, steht es hier.
home-contact = Ihre Ansprechperson
home-contact-empty-title = Noch keine Ansprechperson benannt
home-contact-empty-text = Ihr Lieferant benennt noch, wer Sie betreut.
home-write = E-Mail schreiben
home-write-to = E-Mail schreiben an { $name }
home-coming = Rechnungen und Fragen
home-coming-text = Sie stehen hier, sobald sie Teil dieses Portals sind. Bis dahin hilft Ihnen Ihre Ansprechperson gern.
home-send-file = „{ $title }“ schicken
home-send = Schicken
home-order-waits = Der Auftrag „{ $title }“ wartet auf Sie
home-order-open = Ansehen
home-choose-time = Zeit auswählen für „{ $title }“
home-choose-times = { $count ->
    [one] ein Vorschlag
   *[other] { $count } Vorschläge
}
home-choose = Auswählen
home-until = bis { $when }
home-appointments = Nächste Termine
home-all-appointments = Alle Termine
home-no-appointments-title = Nichts vereinbart
home-no-appointments-text = Hier stehen die Termine, die Sie mit uns vereinbart haben.
home-orders = Offene Aufträge
home-all-orders = Alle Aufträge
home-no-orders-title = Keine offenen Aufträge
home-no-orders-text = Was Sie bestellen, erscheint hier, bis es angekommen ist.

home-late-count = { $count ->
    [one] Einer ist überfällig.
   *[other] { $count } sind überfällig.
}
home-age = { $days ->
    [0] heute
    [1] gestern
   *[other] vor { $days } Tagen
}
home-age-date = am { $when }
home-updated = geändert { $when }
home-sent = geschickt { $when }
home-entered = eingetragen { $when }
home-fix = Zu berichtigen: { $note }
home-overdue = { $days ->
    [0] überfällig
    [one] seit einem Tag überfällig
   *[other] seit { $days } Tagen überfällig
}
home-due-today = heute fällig
home-due-tomorrow = morgen fällig
home-look = Ansehen
home-renew = „{ $title }“ erneuern
home-renew-sent = von Ihnen geschickt
home-factor = Sichern Sie Ihre Anmeldung mit einem zweiten Faktor
home-factor-why = Sie verwalten die Zugänge Ihrer Kollegen, und Ihren eigenen öffnet bisher ein Passwort allein.
home-factor-add = Einrichten
home-codes = { $count ->
    [0] Sie haben keinen Wiederherstellungscode mehr
    [one] Sie haben nur noch einen Wiederherstellungscode
   *[other] Sie haben nur noch { $count } Wiederherstellungscodes
}
home-codes-why = Ohne einen kommen Sie nicht mehr herein, wenn Telefon oder Passkey verloren gehen.
home-codes-renew = Erneuern
home-passkey = Der Passkey „{ $title }“ wurde vielleicht kopiert
home-passkey-why = Aufgefallen { $when }. Er öffnet nichts mehr. Entfernen Sie ihn, und fügen Sie ihn neu hinzu, wenn er Ihrer ist.
inbox-show-first = Zurück zur ganzen Liste
inbox-show-all = Alle { $count } zeigen
inbox-later-of = Später: { $what }
inbox-remind = Wieder vorlegen
inbox-until-tomorrow = Morgen
inbox-until-week = Nächste Woche, { $when }
inbox-until-day = Am
inbox-until-ok = OK
inbox-mark-read = Als gelesen markieren
inbox-mark-done = Ist erledigt
inbox-undo = Rückgängig
inbox-wake = Zurückholen
inbox-back-on = kommt wieder: { $when }
inbox-snoozed-count = Zurückgestellt ({ $count })
inbox-snoozed = Zurückgestellt bis { $when }: { $what }
inbox-woken = Wieder in der Liste: { $what }
inbox-done = Erledigt: { $what }
inbox-read = Gelesen: { $what }
inbox-gone = Das wartet nicht mehr auf Sie.
inbox-error-until = Bitte wählen Sie einen Tag ab morgen, innerhalb eines Jahres.
inbox-error-done = Das Portal merkt selbst, wenn das erledigt ist.

home-tiles = Stand
home-tile-orders = { $count ->
    [0] keiner offen
   *[other] { $count } offen
}
home-tile-orders-many = mehr als { $count } offen
home-tile-late = { $count } verspätet
home-tile-approvals = Freigaben
home-tile-approve = { $count ->
    [0] keine offen
   *[other] { $count } zu entscheiden
}
home-tile-unread = An Sie gerichtet
home-tile-read = { $count ->
    [0] alles gelesen
   *[other] { $count } ungelesen
}
home-tile-requests = Anfragen
home-tile-send = { $count ->
    [0] keine offen
   *[other] { $count } zu schicken
}
home-tile-show = Zeigen
home-call = { $name } anrufen: { $phone }
home-activity-empty-text = Was mit Ihnen geteilt, freigegeben oder geändert wird, steht hier.
home-who-you = Ihnen
home-who-colleague = jemandem aus Ihrem Haus
home-act-sent = Geschickt von { $who }
home-act-approval-ask = Freigabe erbeten von { $who }
home-act-approve = Freigegeben von { $who }
home-act-decline = Abgelehnt von { $who }
home-act-approval-withdraw = Freigabe zurückgezogen von { $who }
home-act-request-ask = Angefordert von { $who }
home-act-request-accept = Angenommen von { $who }
home-act-request-fix = Zur Berichtigung zurückgegeben von { $who }
home-act-order-create = Auftrag erfasst von { $who }
home-act-order-edit = { $fields }: geändert von { $who }
