# Wörter des Rahmens und der Bausteine.
ui-skip = Zum Inhalt springen
ui-runs-on = Läuft mit Kontor
ui-close = Schließen
ui-cancel = Abbrechen
ui-optional = freiwillig
ui-language = Sprache
ui-theme = Darstellung
ui-theme-system = System
ui-theme-light = Hell
ui-theme-dark = Dunkel
ui-errors-title = { $count ->
    [one] Eine Angabe ist zu prüfen
   *[other] { $count } Angaben sind zu prüfen
}
ui-errors-kept = Ihre Eingaben sind noch da. Passwörter und Dateien geben Sie bitte erneut an.
ui-pager-label = Weitere Zeilen
ui-pager-older = Ältere
ui-pager-newest = Neueste

nav-main = Hauptnavigation
nav-quick = Schnellzugriff
nav-crumbs = Pfad
nav-home = Start
nav-todo = Zu tun
nav-documents = Dokumente
nav-approvals = Freigaben
nav-customers = Kunden
nav-jobs = Warteschlange
nav-audit = Prüfprotokoll
nav-group-operator = Betrieb
nav-more = Mehr
nav-more-places = Weitere Bereiche
nav-waiting = warten auf Sie
nav-waiting-elsewhere = { $count ->
    [one] in einer anderen Organisation wartet etwas
   *[other] in anderen Organisationen warten { $count } Vorgänge
}
nav-back = Zurück
nav-back-to = Zurück zu: { $name }
nav-your-account = Ihr Konto
nav-account = Konto
nav-account-of = Konto von { $name }
nav-organisations = Organisationen
nav-switch-organisation = Organisation wechseln
nav-sign-out = Abmelden
nav-line-customer = Kundenportal
nav-line-staff = Intern

error-home = Zur Startseite
error-sign-in = Anmelden
error-request = Anfrage
error-400-title = Die Anfrage ist nicht lesbar
error-400-text = Ein Teil der Adresse oder des Formulars fehlt oder hat die falsche Form.
error-400-next = Gehen Sie zurück, prüfen Sie Ihre Eingaben und senden Sie sie erneut.
error-401-title = Bitte melden Sie sich an
error-401-text = Diese Seite ist nur für angemeldete Personen. Vielleicht ist Ihre Anmeldung abgelaufen.
error-401-next = Melden Sie sich an und öffnen Sie die Seite erneut.
error-403-title = Das steht Ihnen nicht offen
error-403-text = Ihre Rolle umfasst das nicht.
error-403-next = Fragen Sie die Portalverwaltung in Ihrem Unternehmen, wer es darf oder wer Ihnen Zugang gibt.
error-404-title = Diese Seite gibt es hier nicht
error-404-text = Der Link ist vielleicht alt, oder der Inhalt wurde nie mit Ihnen geteilt.
error-404-next = Hat ihn Ihnen jemand geschickt, bitten Sie diese Person, ihn mit Ihnen zu teilen.
error-405-title = Diese Adresse wird anders benutzt
error-405-text = Die Seite gibt es, aber sie lässt sich so nicht öffnen.
error-405-next = Beginnen Sie erneut auf der Startseite.
error-408-title = Das kam nicht rechtzeitig an
error-408-text = Die Verbindung war zu langsam oder brach ab, und nicht alles hat uns erreicht. Es wurde nichts geändert.
error-408-next = Gehen Sie zurück und senden Sie es noch einmal.
error-409-title = Jemand war schneller
error-409-text = Der Inhalt hat sich geändert, während Sie ihn geöffnet hatten. Es wurde nichts gespeichert.
error-409-next = Gehen Sie zurück, laden Sie die Seite neu und wiederholen Sie Ihre Änderung.
error-412-title = Das hat sich inzwischen geändert
error-412-text = Sie haben an einer älteren Fassung gearbeitet. Es wurde nichts gespeichert.
error-412-next = Laden Sie die Seite neu und wiederholen Sie Ihre Änderung.
error-413-title = Diese Datei ist zu groß
error-413-text = Sie ist größer, als das Portal annimmt. Es wurde nichts gespeichert.
error-413-next = Gehen Sie zurück und wählen Sie eine kleinere Datei, oder teilen Sie sie auf.
error-422-title = Es fehlt noch etwas
error-422-text = Nicht alle Angaben können angenommen werden. Es wurde nichts gespeichert.
error-422-next = Gehen Sie zurück, berichtigen Sie die markierten Felder und senden Sie das Formular erneut.
error-423-title = Diese Datei wird zurückgehalten
error-423-text = Ein Virenscanner muss sie erst prüfen oder hat etwas darin gefunden.
error-423-next = Öffnen Sie das Dokument, um zu sehen, wie es steht.
error-428-title = Die Fassung fehlt
error-428-text = Die Anfrage nennt nicht, welche Fassung sie ändert. Es wurde nichts gespeichert.
error-428-next = Laden Sie die Seite neu und wiederholen Sie Ihre Änderung.
error-429-title = Das war zu oft
error-429-text = In kurzer Zeit kamen viele Versuche, darum wartet das Portal einen Moment.
error-429-next = Versuchen Sie es in einigen Minuten erneut.
error-500-title = Das hat nicht geklappt
error-500-text = Im Portal ist ein Fehler aufgetreten. Er wurde aufgezeichnet.
error-500-next = Versuchen Sie es erneut. Geschieht es wieder, nennen Sie Ihrer Ansprechperson die Anfragenummer unten.
error-503-title = Gleich wieder da
error-503-text = Ein Teil des Portals antwortet gerade nicht. Es ist nichts verloren.
error-503-next = Versuchen Sie es in einer Minute erneut.
