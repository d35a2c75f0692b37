# The staff's home and document list.
staff-drafts = Noch nicht veröffentlicht
staff-drafts-count = { $count ->
    [0] Kein Entwurf wartet.
    [one] Ein Entwurf ist noch nicht veröffentlicht.
   *[other] { $count } Entwürfe sind noch nicht veröffentlicht.
}
staff-drafts-empty-title = Keine Entwürfe
staff-drafts-empty-text = Was hochgeladen, aber noch nicht veröffentlicht ist, steht hier.
staff-all-drafts = Alle Entwürfe
staff-add-file = Datei hinzufügen
staff-publish = Veröffentlichen
activity = Letzte Ereignisse
activity-create = Angelegt von { $who }
activity-upload = Neue Version von { $who }
activity-edit = Geändert von { $who }
activity-restore = Ältere Version zurückgeholt von { $who }
activity-publish = Veröffentlicht von { $who }
activity-withdraw = Zurückgezogen von { $who }
activity-download = Heruntergeladen von { $who }
activity-by = Von { $who }
activity-other = jemandem bei einem anderen Kunden
activity-operator = der Betriebsstelle
activity-none = Hier ist nichts, was Sie sehen dürfen.
activity-empty-title = In letzter Zeit ist nichts geschehen
activity-empty-text = Was veröffentlicht, ersetzt und heruntergeladen wird, steht hier.
staff-all-customers = Alle Kunden
staff-documents-meta = Alle Dokumente, die Sie mit Ihrer Rolle sehen dürfen, auch Entwürfe.
staff-documents-empty-title = Keine Dokumente
staff-documents-empty-text = Dokumente, die zu dieser Auswahl passen, stehen hier.

waits-count = { $count ->
    [0] Niemand wartet auf uns.
    [one] Ein Vorgang wartet auf uns.
   *[other] { $count } Vorgänge warten auf uns.
}
waits-for-us = Wartet auf uns
waits-for-us-empty-title = Niemand wartet auf uns
waits-for-us-empty-text = Dateien, die eingegangen sind, abgelehnte Fassungen, Aufträge und Aufgaben im Rückstand und Termine, die eine andere Zeit brauchen, stehen hier.
waits-request = geschickt von { $who }, zu prüfen
waits-arrival = unaufgefordert geschickt von { $who }
waits-declined = abgelehnt von { $who }
waits-order = { $who } ist fällig
waits-task = unsere Aufgabe in { $who }
waits-wish = bittet um eine andere Zeit
waits-lapsed = keine Zeit wurde gewählt
waits-since-day = seit { $day }
waits-for-them = Wir warten auf
waits-for-them-empty-title = Nichts ist offen
waits-for-them-empty-text = Entscheidungen, Dateien, Aufgaben und Terminzusagen, die noch von Kunden kommen, stehen hier.
waits-for-them-all = Alle offenen Entscheidungen
waits-approvals = { $count ->
    [one] eine Entscheidung
   *[other] { $count } Entscheidungen
}
waits-requests = { $count ->
    [one] eine Datei
   *[other] { $count } Dateien
}
waits-tasks = { $count ->
    [one] eine Aufgabe
   *[other] { $count } Aufgaben
}
waits-appointments = { $count ->
    [one] eine Terminzusage
   *[other] { $count } Terminzusagen
}
waits-orders = { $count ->
    [one] ein Auftrag
   *[other] { $count } Aufträge
}
late-title = Überfällig je Kunde
late-customer = Kunde
late-approvals = Entscheidungen
late-requests = Dateien
late-orders = Aufträge
late-tasks = Aufgaben
late-appointments = Termine
late-all = Alle
never-title = Noch nie angemeldet
never-login = Zugang seit: { $when }
never-invited = eingeladen { $when }
failed-title = Fehlgeschlagen
failed-jobs = { $count ->
    [one] Eine Arbeit wurde aufgegeben.
   *[other] { $count } Arbeiten wurden aufgegeben.
}
failed-import = Import, { $when } fehlgeschlagen
