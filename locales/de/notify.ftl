# Was man per E-Mail erfährt, wie bald, und wie man weniger davon bekommt.
account-tab-notifications = Benachrichtigungen
notify-meta = Was Sie erfahren, und wann. Die Glocke zeigt immer alles.
notify-at-once = Sofort
notify-daily = Tagesübersicht
notify-weekly = Wochenübersicht
notify-off = Nur Glocke
notify-usual = { $cadence } (üblich)
notify-usual-organisation = { $cadence } (Organisation)
notify-usual-portal = { $cadence } (Portal)
notify-what = Was Sie erfahren
notify-column-kind = Was geschieht
notify-column-mail = Per E-Mail
notify-column-push = Auf meinen Geräten
notify-mail-about = E-Mail zu: { $kind }
notify-push-about = Auf meinen Geräten: { $kind }
notify-safety = Was die Sicherheit Ihrer Anmeldung betrifft, kommt immer sofort per E-Mail.
notify-always = Immer, sofort
notify-when = Wann E-Mails kommen
notify-digest-hour = Uhrzeit der Übersicht
notify-zone = Nach der Uhr von { $zone }, wie in Ihrem Profil.
notify-digest-weekday = Tag der Wochenübersicht
notify-quiet-from = Ruhe ab
notify-quiet-to = Ruhe bis
notify-quiet-none = Keine Ruhezeit
notify-quiet-hint = Was in der Ruhezeit anfällt, kommt, wenn sie endet.
notify-weekends = Auch am Wochenende E-Mails
notify-weekends-hint = Sonst kommt am Montag, was am Samstag und Sonntag anfällt.
notify-save = Speichern
notify-saved = Gespeichert. Was noch wartete, richtet sich danach.
notify-monday = Montag
notify-tuesday = Dienstag
notify-wednesday = Mittwoch
notify-thursday = Donnerstag
notify-friday = Freitag
notify-saturday = Samstag
notify-sunday = Sonntag
notify-error-hour = Wählen Sie etwas aus der Liste.
notify-error-quiet = Die Ruhezeit braucht ein anderes Ende als ihren Anfang.
notify-error-quiet-half = Wählen Sie beides, Anfang und Ende, oder keines davon.
notify-error-changed = In einem anderen Fenster wurde das inzwischen geändert. Ihre Auswahl steht noch hier: Prüfen Sie sie und speichern Sie erneut.
notify-week = So wäre die letzte Woche gewesen
notify-week-meta =
    Mit der gespeicherten Auswahl wären in den letzten sieben Tagen { $mails ->
        [one] eine E-Mail
       *[other] { $mails } E-Mails
    } gekommen; { $silent ->
        [0] nichts wäre nur in der Glocke geblieben.
        [one] eine Meldung wäre nur in der Glocke geblieben.
       *[other] { $silent } Meldungen wären nur in der Glocke geblieben.
    }
notify-week-empty = Keine E-Mail
notify-week-empty-text = In den letzten sieben Tagen ist nichts geschehen. Hier sehen Sie, welche E-Mails Ihre Auswahl gebracht hätte.
notify-week-silent-text =
    { $count ->
        [one] In den letzten sieben Tagen gab es eine Meldung. Die Glocke hätte sie gezeigt.
       *[other] In den letzten sieben Tagen gab es { $count } Meldungen. Die Glocke hätte sie gezeigt.
    }
notify-week-waiting-text = Was in den letzten sieben Tagen geschehen ist, kommt noch, in Ihrer nächsten Übersicht.
notify-week-rest =
    { $count ->
        [one] und eine weitere
       *[other] und { $count } weitere
    }
notify-muted-title = Kunden ohne E-Mails
notify-muted-text = Zu diesen Kunden erhalten Sie keine E-Mails, nur was die Glocke zeigt. Das wählen Sie auf der Seite eines Kunden.
notify-mute = E-Mails abstellen
notify-mute-named = E-Mails abstellen zu { $name }
notify-unmute = Wieder E-Mails
notify-unmute-named = Wieder E-Mails zu { $name }
notify-muted = Zu diesem Kunden erhalten Sie keine E-Mails mehr.
notify-unmuted = Zu diesem Kunden erhalten Sie wieder E-Mails.
notify-problem-refused = E-Mails an { $address } kommen nicht an: Der Mailserver lehnt sie seit { $when } ab.
notify-problem-bounced = E-Mails an { $address } kommen seit { $when } zurück.
notify-problem-complained = Eine E-Mail an { $address } wurde als unerwünscht gemeldet ({ $when }).
notify-problem-text = Bis Sie sagen, dass die Adresse stimmt, kommen keine Benachrichtigungen mehr per E-Mail. Was Sie selbst anfordern, etwa einen Link zum Anmelden, und was die Sicherheit Ihrer Anmeldung betrifft, wird weiter verschickt.
notify-problem-works = Die Adresse stimmt
notify-address-confirmed = Danke. Ab jetzt kommen wieder E-Mails.
notify-problem-staff = E-Mails kommen zurück
notify-defaults-title = Benachrichtigungen der Organisation
notify-defaults-text = Das gilt für alle hier, die nicht selbst gewählt haben. Jede und jeder kann es für sich im Konto unter Benachrichtigungen ändern.
notify-defaults-saved = Gespeichert. Es gilt für alles, was ab jetzt geschieht.
notify-defaults-link = Benachrichtigungen

unsubscribe-title = Weniger E-Mails
unsubscribe-kinds = Sie erhalten keine E-Mails mehr, wenn dies geschieht:
unsubscribe-daily = Sie erhalten keine Tagesübersicht mehr. Bisher stand darin:
unsubscribe-weekly = Sie erhalten keine Wochenübersicht mehr. Bisher stand darin:
unsubscribe-note = Die Glocke im Portal zeigt es weiterhin. Sie können das jederzeit wieder ändern.
unsubscribe-do = Diese E-Mails abbestellen
unsubscribe-choose = Genau auswählen, was ich erfahre
unsubscribe-done = Sie erhalten diese E-Mails nicht mehr.
unsubscribe-done-text = Die Glocke im Portal zeigt weiterhin, was geschieht.
unsubscribe-wrong = Dieser Link ist unvollständig oder sehr alt.
unsubscribe-wrong-text = Es wurde nichts geändert. Öffnen Sie den Link aus der E-Mail noch einmal oder wählen Sie in Ihrem Konto, was Sie erfahren.
