# How the portal is set up.
settings-title = Einstellungen
settings-meta = Was für das ganze Portal gilt, ab der nächsten Anfrage.
settings-portal = Portal
settings-name = Name des Portals
settings-name-hint = Ihre Firma. Der Name steht auf jeder Seite und in jeder E-Mail.
settings-released = Was Kunden ändern dürfen
settings-released-hint = Stammdaten, die die Administration eines Kunden selbst ändert, sofern der Kunde keine eigene Liste hat.
settings-view-as = Ansichten als Kunde
settings-view-as-shown = Kunden sehen, wer geschaut hat
settings-view-as-hint = Die Administration eines Kunden sieht, wer aus Ihrem Haus das Portal als jemand von ihnen angesehen hat, wann und warum.
settings-yes = ja
settings-no = nein
settings-save = Speichern
settings-saved = Die Einstellungen sind gespeichert.
settings-error-name = Geben Sie einen Namen ein.
settings-error-name-long = Der Name hat mehr als { $max } Zeichen.
settings-error-field = { $name } ist kein Feld, das Kunden ändern können.
