# Was Kunden unaufgefordert schicken.
arrivals-send = Dateien senden
arrivals-send-meta = Dateien, um die Sie niemand gebeten hat.
arrivals-organisation = Organisation
arrivals-title-hint = Bleibt das Feld leer, wird der Name jeder Datei ihr Titel.
arrivals-files = Dateien
arrivals-who-sees = Sie, die Administratoren Ihrer Organisation und Ihre Ansprechpartner sehen sie.
arrivals-none-title = Nichts ist geöffnet
arrivals-none-text = Ihr Ansprechpartner hat keine Art von Dokument für Dateien von Ihnen geöffnet. Worum Sie gebeten werden, steht auf Ihrer Startseite.
arrivals-sent = Gesendet
arrivals-sent-toast = { $count ->
    [one] Die Datei ist gesendet
   *[other] { $count } Dateien sind gesendet
}
arrivals-some-sent = { $count ->
    [one] Eine Datei wurde gesendet.
   *[other] { $count } Dateien wurden gesendet.
}
arrivals-title = Von Kunden gesendet
arrivals-meta = Was Kunden unaufgefordert geschickt haben, das Neueste zuerst.
arrivals-mark = Vom Kunden gesendet
arrivals-new = Neu
arrivals-sent-by = { $name }, { $when }
arrivals-seen = Gesehen
arrivals-seen-by = Gesehen von { $name }, { $when }
arrivals-unseen = Noch hat es sich niemand angesehen.
arrivals-see = Als gesehen markieren
arrivals-see-named = „{ $title }“ als gesehen markieren
arrivals-seen-toast = Als gesehen markiert
arrivals-empty-title = Nichts vorhanden
arrivals-empty-text = Was Kunden unaufgefordert schicken, wartet hier, bis es sich jemand angesehen hat.
arrivals-empty-all-text = Was Kunden unaufgefordert schicken, erscheint hier.
arrivals-error-closed = In diese Art von Dokument können keine Dateien gesendet werden.
arrivals-error-not-sent = Der Kunde hat dieses Dokument nicht unaufgefordert gesendet.
arrivals-error-many = Es können höchstens { $max } Dateien auf einmal gesendet werden.
