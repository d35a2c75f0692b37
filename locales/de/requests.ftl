# Was Kunden schicken sollen.
requests-title = Anforderungen
requests-meta = Dateien, um die Kunden gebeten sind, die dringendsten zuerst.
requests-open = Offen
requests-sent = Gekommen
requests-fix = Nachzubessern
requests-accepted = Angenommen
requests-withdrawn = Zurückgenommen
requests-due = { $days ->
    [0] bis heute
    [one] bis morgen, { $day }
   *[other] bis { $day }
}
requests-new = Datei anfordern
requests-new-meta = Ein Kunde bekommt eine Mail und eine Aufgabe und lädt die Datei hier hoch.
requests-next = Weiter
requests-what = Was brauchen Sie?
requests-what-hint = Zum Beispiel: Zertifikat ISO 9001. Es wird der Titel des Dokuments.
requests-text = Wie es sein soll
requests-until = Bis
requests-people = Wer gefragt ist
requests-people-hint = Eine Person genügt. Die Administration des Kunden sieht jede Anforderung.
requests-ask = Anfordern
requests-asked-toast = Der Kunde ist gefragt
requests-wanted = Was gebraucht wird
requests-came = Was gekommen ist
requests-nothing-yet = Noch ist nichts gekommen.
requests-judge = Ist es das Gewünschte?
requests-accept = Annehmen
requests-accepted-toast = Angenommen
requests-fix-note = Was nachzubessern ist
requests-fix-hint = Die Gefragten bekommen es per Mail.
requests-ask-again = Bitte nachbessern
requests-fix-toast = Um Nachbesserung ist gebeten
requests-fix-said = Um Nachbesserung gebeten:
requests-fix-title = Bitte bessern Sie nach
requests-withdraw = Zurücknehmen
requests-withdraw-title = Diese Anforderung zurücknehmen?
requests-withdraw-text = Niemand wird mehr um die Datei gebeten. Was geschickt wurde, bleibt.
requests-withdrawn-toast = Die Anforderung ist zurückgenommen
requests-empty-title = Nichts hier
requests-empty-text = Anforderungen in diesem Zustand stehen hier.
requests-send-title = Datei schicken
requests-send = Schicken
requests-note = Ein Wort dazu
requests-who-sees = Wer gefragt ist, die Administration Ihrer Organisation und Ihre Ansprechpartner sehen sie.
requests-to-document = Geschicktes öffnen
requests-sent-toast = Die Datei ist geschickt
requests-sent-text = Eine Datei ist gekommen. Ihr Ansprechpartner sieht sie sich an.
requests-accepted-text = Das ist erledigt. Vielen Dank.
requests-withdrawn-text = Das ist zurückgenommen. Es muss nichts geschickt werden.
requests-not-yours = Jemand anderes ist darum gebeten.
requests-error-sent = Es ist schon eine Datei gekommen. Ihr Ansprechpartner sieht sie sich an.
requests-error-over = Das ist vorbei.
requests-error-nothing = Noch ist nichts gekommen.
requests-error-note = Sagen Sie, was nachzubessern ist.
requests-error-rights = Eine dieser Personen darf Dokumente dieser Kategorie nicht sehen.
