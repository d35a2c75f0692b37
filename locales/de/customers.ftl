# Stammdaten der Kunden, und das Portal mit den Augen eines Kunden sehen.
view-as-link = Mit den Augen von { $name } sehen
view-as-short = Ansehen als
view-as-title = Das Portal sehen wie { $name }
view-as-what = Sie sehen eine halbe Stunde lang jede Seite genau so wie diese Person. Sie können nichts ändern und nur herunterladen, was auch Ihre eigene Rolle umfasst. Was Sie öffnen, bleibt für die Person ungelesen.
view-as-reason = Grund
view-as-recorded = Zum Beispiel die Nummer eines Tickets. Der Grund wird mit Beginn und Ende festgehalten.
view-as-recorded-shown = Zum Beispiel die Nummer eines Tickets. Der Grund wird festgehalten, und die Administratoren des Kunden können ihn lesen.
view-as-begin = Ansicht starten
view-as-reason-missing = Geben Sie an, warum Sie nachsehen müssen.
view-as-reason-long = Der Grund darf höchstens { $max } Zeichen haben.
view-as-banner = Ansicht als Kunde
view-as-bar = Sie sehen, was { $name } sieht
view-as-bar-place = bei { $organisation }. Nur lesen.
view-as-bar-facts = Grund: { $reason }, endet { $time }, wird festgehalten
view-as-stop = Ansicht beenden
view-as-ended = Sie sehen wieder Ihre eigenen Seiten
view-as-over = Die Ansicht als Kunde ist zu Ende. Sie sehen wieder Ihre eigenen Seiten.
