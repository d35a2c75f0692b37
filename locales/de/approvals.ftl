# Freigaben: bitten, entscheiden, und wer noch nicht.
approval-title = Freigabe
approval-yours = Ihre Entscheidung
approval-open = Offen
approval-overdue = Überfällig
approval-approved = Freigegeben
approval-declined = Abgelehnt
approval-withdrawn = Zurückgenommen
approval-outdated = Veraltet
approval-spared = Nicht mehr nötig
approval-seen = Gesehen
approval-not-seen = Nicht gesehen
approval-late = { $days ->
    [one] seit einem Tag überfällig
   *[other] seit { $days } Tagen überfällig
}
approval-due-today = bis heute
approval-due-in = { $days ->
    [one] bis { $when }, morgen
   *[other] bis { $when }, in { $days } Tagen
}
approval-count = { $yes } von { $needed } Freigaben erteilt
approval-rule-one = eine Person entscheidet
approval-rule-all = alle { $asked } müssen freigeben
approval-rule-any = eine von { $asked } Personen genügt
approval-rule-count = { $needed } von { $asked } müssen freigeben
approval-approve = Version { $number } freigeben
approval-decline = Mit Begründung ablehnen
approval-decline-short = Ablehnen
approval-from = { $name } schreibt:
approval-holds = Ihre Entscheidung gilt nur für Version { $number }. Eine neue Version fragt Sie wieder.
approval-whose = Hier entscheiden: { $names }.
approval-bound = Gebunden an Version { $number } mit der SHA-256
approval-none = Niemand wurde um Freigabe dieses Dokuments gebeten.
approval-ask = Um Freigabe bitten
approval-ask-again = Erneut bitten
approval-about = Version { $number }, erbeten von { $name }, { $when }
approval-remind = Erinnern
approval-withdraw = Zurücknehmen
approval-withdraw-title = Die Bitte zurücknehmen?
approval-withdraw-text = Niemand wird mehr um eine Entscheidung gebeten. Was bisher gesagt wurde, bleibt im Verlauf.
approval-earlier = Frühere Versionen
approval-ask-title = Um Freigabe bitten
approval-nobody-title = Niemand kann gefragt werden
approval-nobody-text = Niemand bei diesem Kunden kann das Dokument lesen. Veröffentlichen Sie es zuerst für jemanden dort.
approval-who = Wer gefragt wird
approval-who-hint = Alle beim Kunden, die das Dokument lesen können.
approval-rule = Wer freigeben muss
approval-choose-all = Alle
approval-choose-all-meta = Ein Nein genügt, um abzulehnen.
approval-choose-any = Eine Person genügt
approval-choose-any-meta = Das erste Ja entscheidet.
approval-choose-count = Eine bestimmte Anzahl
approval-choose-count-meta = Zum Beispiel zwei von drei.
approval-needed = Wie viele freigeben müssen
approval-deadline = Bis wann
approval-due = Entscheiden bis
approval-due-hint = Zwei Tage vorher und solange es überfällig ist, erinnert das Portal alle, die noch nicht entschieden haben.
approval-message = Nachricht
approval-ask-submit = Um Freigabe bitten
approval-decline-title = Version { $number } ablehnen
approval-reason = Warum lehnen Sie ab?
approval-reason-hint = { $name } liest das, ebenso alle, die das Dokument lesen können.
approval-decline-submit = Ablehnen
approval-over-text = Auf der Seite des Dokuments steht, wie es damit aussieht.
approval-to-document = Zum Dokument
approval-asked-toast = { $count ->
    [one] Eine Person wird um Freigabe gebeten.
   *[other] { $count } Personen werden um Freigabe gebeten.
}
approval-approved-toast = Sie haben Version { $number } freigegeben.
approval-declined-toast = Sie haben Version { $number } abgelehnt.
approval-approved-late-toast = Sie haben Version { $number } freigegeben. Die Frist war schon vorbei; Ihre Antwort zählt trotzdem.
approval-declined-late-toast = Sie haben Version { $number } abgelehnt. Die Frist war schon vorbei; Ihre Antwort zählt trotzdem.
approval-withdrawn-toast = Niemand wird mehr um Freigabe gebeten.
approval-reminded-toast = { $count ->
    [0] Niemand wurde erinnert: Alle haben entschieden oder wurden heute schon erinnert.
    [one] Eine Person wird erinnert.
   *[other] { $count } Personen werden erinnert.
}
approval-remind-none = Wählen Sie mindestens ein Dokument aus.
approval-remind-many = Wählen Sie eine bis { $max } Freigaben aus.
approval-error-long = Höchstens { $max } Zeichen.
approval-error-due = Geben Sie einen Tag ab heute an, innerhalb eines Jahres.
approval-error-nobody = Wählen Sie mindestens eine Person aus.
approval-error-people = Eine dieser Personen kann das Dokument nicht lesen. Wählen Sie neu aus.
approval-error-needed = Geben Sie eine Zahl von 1 bis { $max } ein.
approval-error-not-published = Nur ein veröffentlichtes Dokument kann freigegeben werden. Veröffentlichen Sie es zuerst.
approval-error-version = Inzwischen gibt es eine neue Version. Sehen Sie sie an und bitten Sie dann erneut.
approval-error-open = Für dieses Dokument wurde schon um Freigabe gebeten.
approval-error-reason = Sagen Sie warum, damit es verbessert werden kann.
approval-error-decided = Sie haben schon entschieden.
approval-error-over = Das ist schon entschieden.
approval-error-outdated = Inzwischen gibt es eine neue Version: Ihre Entscheidung wurde nicht erfasst. Sehen Sie sich die neue an.
approval-error-withdrawn = Die Bitte wurde inzwischen zurückgenommen. Es gibt nichts zu entscheiden.
approval-later = Noch nicht an der Reihe
approval-delegated = Weitergegeben
approval-delegated-to = weitergegeben an { $name }
approval-delegated-for = anstelle von { $name }
approval-rule-steps = in { $count } Schritten
approval-step = Schritt { $number }
approval-then = Schritt { $number }: danach andere fragen
approval-who-none = Niemand weiter
approval-who-people = Personen, die ich auswähle
approval-who-role = Alle mit der Rolle: { $role }
approval-people = Welche Personen
approval-statement-yes = Ich gebe Version { $number } von „{ $title }“ für { $organisation } frei.
approval-statement-no = Ich gebe Version { $number } von „{ $title }“ für { $organisation } nicht frei.
approval-declares = Mit der Freigabe erklären Sie:
approval-declares-no = Mit der Ablehnung erklären Sie:
approval-delegate = An jemand anderen weitergeben
approval-delegate-title = Entscheidung weitergeben
approval-delegate-to = Wer entscheidet an Ihrer Stelle?
approval-delegate-hint = Personen bei Ihnen, die das Dokument lesen können und noch nicht gefragt sind.
approval-delegate-submit = Weitergeben
approval-delegate-nobody = Niemand zum Weitergeben
approval-delegate-nobody-text = Alle bei Ihnen, die das Dokument lesen können, sind schon gefragt. Ihre Portalverwaltung kann weiteren Personen Zugriff geben.
approval-delegated-toast = { $name } entscheidet an Ihrer Stelle.
approval-certificate = Nachweis (PDF)
approval-certificate-json = Signierte Daten (JSON)
approvals-export = Exportieren
approval-error-steps = Höchstens { $max } Schritte.
approval-error-twice = Eine dieser Personen wird schon in einem früheren Schritt gefragt.
approval-error-role = Niemand mit dieser Rolle kann das Dokument lesen.
approval-error-shown = Was Sie gefragt wurden, hat sich inzwischen geändert: Ihre Entscheidung wurde nicht festgehalten. Sehen Sie es sich noch einmal an.
approval-error-delegated = Sie haben Ihre Entscheidung weitergegeben.
approval-error-later = Zuerst entscheiden andere. Sie bekommen eine E-Mail, wenn Sie an der Reihe sind.
approval-error-delegate = Wählen Sie jemanden, der das Dokument lesen kann und noch nicht gefragt ist.
approval-error-no-certificate = Einen Nachweis gibt es, wenn die Freigabe abgeschlossen ist.
approval-error-no-evidence = Dies wurde entschieden, bevor Nachweise geführt wurden.
approvals-title = Wer noch nicht freigegeben hat
approvals-late-count = { $count ->
    [0] Nichts ist überfällig.
    [one] Ein Dokument ist überfällig.
   *[other] { $count } Dokumente sind überfällig.
}
approvals-late-many = Mehr als 1.000 Dokumente sind überfällig.
approvals-which = Welche Freigaben
approvals-open = Offen
approvals-late = Überfällig
approvals-over = Entschieden
approvals-filter = Filtern
approvals-all-categories = Alle Kategorien
approvals-all-customers = Alle Kunden
approvals-empty-title = Niemand wird um Freigabe gebeten
approvals-empty-text = Bitten Sie auf der Seite eines veröffentlichten Dokuments um Freigabe. Wer noch nicht entschieden hat, steht hier.
approvals-empty-late-title = Nichts ist überfällig
approvals-empty-late-text = Dokumente, deren Frist verstrichen ist, stehen hier.
approvals-empty-over-title = Noch ist nichts entschieden
approvals-empty-over-text = Dokumente, die freigegeben, abgelehnt, ersetzt oder zurückgenommen wurden, stehen hier.
approvals-legend = Legende
approvals-not-asked = nicht gefragt
approvals-of = Entscheidungen von { $name }
approvals-customer = Seite des Kunden
approvals-choose = Auswählen
approvals-choose-named = { $title } auswählen
approvals-document = Dokument
approvals-due = Frist
approvals-remind-chosen = An die ausgewählten erinnern
approvals-remind-hint = Alle, die noch nicht entschieden haben, bekommen eine E-Mail, höchstens eine am Tag. Bis zu { $max } Dokumente auf einmal.
customers-number-short = Nr. { $number }
approval-held = Sie sind gefragt. Sie können entscheiden, sobald sich die Datei öffnen lässt.
