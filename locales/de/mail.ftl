# Mails. An empty line separates paragraphs.
mail-greeting = Guten Tag { $name },
mail-greeting-nobody = Guten Tag,
mail-message-from = { $inviter } schreibt:
mail-link-instead = Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:
mail-no-replies = { $portal } hat diese E-Mail automatisch verschickt. Antworten werden nicht gelesen.
mail-button-account = Mein Konto prüfen
mail-button-portal = Portal öffnen
mail-why-invited = Sie erhalten diese E-Mail, weil jemand diese Adresse eingeladen hat. Wenn Sie nicht wissen, worum es geht, lassen Sie sie unbeachtet: Es geschieht nichts.
mail-why-asked = Sie erhalten diese E-Mail, weil jemand sie bei { $portal } angefordert hat. Wenn Sie das nicht waren, lassen Sie sie unbeachtet: Es ändert sich nichts.
mail-why-safety = Sie erhalten diese E-Mail, weil sie die Sicherheit Ihrer Anmeldung betrifft. Sie lässt sich nicht abbestellen.
mail-why-member = Sie erhalten diese E-Mail, weil Sie eine Anmeldung bei { $portal } haben.

mail-invitation-subject = { $inviter } lädt Sie zu { $organisation } bei { $portal } ein
mail-invitation-text =
    { $inviter } lädt Sie in das Portal von { $portal } ein. Sie arbeiten dort für { $organisation }.

    Die Schaltfläche führt zu einer Seite, auf der Sie wählen, wie Sie sich anmelden. Die Einladung gilt { $days } Tage.
mail-invitation-button = Einladung ansehen

mail-member-subject = { $inviter } lädt Sie auch zu { $organisation } ein
mail-member-text =
    { $inviter } lädt Sie zu { $organisation } bei { $portal } ein. Sie behalten Ihre Anmeldung und können zwischen Ihren Organisationen wechseln.

    Die Einladung gilt { $days } Tage.
mail-member-button = Einladung ansehen

mail-reset-subject = Neues Passwort für { $portal } wählen
mail-reset-text =
    Für Ihre Anmeldung bei { $portal } wurde ein neues Passwort angefordert. Wenn Sie das waren, wählen Sie es jetzt.

    Der Link gilt einmal und { $minutes } Minuten lang. Bis dahin bleibt Ihr altes Passwort gültig.
mail-reset-button = Neues Passwort wählen

mail-confirm-subject = Bestätigen Sie Ihre neue Adresse für { $portal }
mail-confirm-text =
    Mit dieser Adresse sollen Sie sich künftig bei { $portal } anmelden. Bitte bestätigen Sie, dass sie Ihnen gehört.

    Der Link gilt einmal und { $hours } Stunden lang.
mail-confirm-button = Adresse bestätigen

mail-agree-subject = Ihre Anmeldeadresse soll sich ändern
mail-agree-text =
    Die Anmeldeadresse Ihres Kontos bei { $portal } soll künftig { $address } sein.

    Wenn Sie das möchten, stimmen Sie auf der Seite hinter der Schaltfläche zu. Wenn Sie es nicht veranlasst haben, brechen Sie es dort ab und wählen Sie sofort ein neues Passwort. Ohne Ihre Antwort ändert sich nichts.
mail-agree-button = Änderung ansehen

mail-changed-subject = Ihre Anmeldeadresse wurde geändert
mail-changed-text =
    Sie melden sich bei { $portal } jetzt mit { $address } an. Geändert wurde die Adresse am { $at }.

    Wenn Sie das nicht waren, sagen Sie es sofort Ihrer Ansprechperson bei { $portal }.

mail-sign-in-subject = Ihr Anmeldelink für { $portal }
mail-sign-in-text =
    Mit diesem Link melden Sie sich bei { $portal } ohne Passwort an.

    Er gilt einmal und { $minutes } Minuten lang, in dem Browser, in dem Sie ihn öffnen. Geben Sie ihn nicht weiter.
mail-sign-in-button = Anmelden

mail-password-subject = Ihr Passwort wurde geändert
mail-password-text =
    Ihr Passwort für { $portal } wurde am { $at } geändert. Alle Ihre anderen Sitzungen sind beendet.

    Wenn Sie das nicht waren, lassen Sie sich auf der Anmeldeseite ein neues Passwort schicken und sagen Sie es Ihrer Ansprechperson bei { $portal }.

mail-factor-added-subject = Ihre Anmeldung hat einen weiteren Nachweis
mail-factor-added-text =
    { $factor ->
        [totp] Zu Ihrer Anmeldung bei { $portal } wurde am { $at } eine Authentifizierungs-App hinzugefügt.
        [recovery_codes] Für Ihre Anmeldung bei { $portal } wurden am { $at } neue Wiederherstellungscodes erstellt. Ältere gelten nicht mehr.
       *[passkey] Zu Ihrer Anmeldung bei { $portal } wurde am { $at } ein Passkey hinzugefügt.
    }

    Wenn Sie das nicht waren, wählen Sie sofort ein neues Passwort und prüfen Sie Ihr Konto.

mail-factor-removed-subject = Ein Nachweis Ihrer Anmeldung wurde entfernt
mail-factor-removed-text =
    { $factor ->
        [totp] Die Authentifizierungs-App wurde am { $at } von Ihrer Anmeldung bei { $portal } entfernt.
        [recovery_codes] Die Wiederherstellungscodes Ihrer Anmeldung bei { $portal } wurden am { $at } entfernt.
       *[passkey] Ein Passkey wurde am { $at } von Ihrer Anmeldung bei { $portal } entfernt.
    }

    Wenn Sie das nicht waren, wählen Sie sofort ein neues Passwort und prüfen Sie Ihr Konto.

mail-factor-reset-subject = Ihr zweiter Faktor wurde zurückgesetzt
mail-factor-reset-text =
    Jemand, der für { $portal } verantwortlich ist, hat am { $at } die zweiten Faktoren Ihrer Anmeldung entfernt, weil sie als verloren gemeldet wurden. Ihre Sitzungen sind beendet.

    Richten Sie bei der nächsten Anmeldung einen neuen ein. Wenn Sie nicht darum gebeten haben, sagen Sie es sofort Ihrer Ansprechperson bei { $portal }.

mail-recovery-subject = Ein Wiederherstellungscode wurde verwendet
mail-recovery-text =
    Am { $at } hat sich jemand mit einem Ihrer Wiederherstellungscodes bei { $portal } angemeldet. { $left ->
        [0] Es war der letzte: Erstellen Sie jetzt neue.
        [one] Es ist noch einer übrig: Erstellen Sie neue.
       *[other] Es sind noch { $left } übrig.
    }

    Wenn Sie das nicht waren, wählen Sie sofort ein neues Passwort und prüfen Sie Ihr Konto.

mail-device-subject = Anmeldung mit einem neuen Gerät
mail-device-text =
    Am { $at } hat sich jemand in Ihrem Namen bei { $portal } angemeldet, mit einem Gerät, das wir noch nicht kannten: { $device }.

    Wenn Sie das waren, ist nichts zu tun. Wenn nicht, wählen Sie sofort ein neues Passwort und beenden Sie diese Sitzung.

mail-token-subject = Ein API-Schlüssel wurde erstellt
mail-token-text =
    Für Ihre Anmeldung bei { $portal } wurde am { $at } der API-Schlüssel „{ $token }“ erstellt. Programme, die ihn besitzen, handeln in Ihrem Namen.

    Wenn Sie das nicht waren, nehmen Sie ihn sofort zurück und wählen Sie ein neues Passwort.

mail-membership-subject = Ihr Zugang zu { $organisation } hat sich geändert
mail-membership-text =
    { $change ->
        [added] Sie gehören jetzt bei { $portal } zu { $organisation }.
        [role] Sie haben in { $organisation } bei { $portal } eine andere Rolle.
        [suspended] Ihr Zugang zu { $organisation } bei { $portal } wurde gesperrt.
        [restored] Sie haben wieder Zugang zu { $organisation } bei { $portal }.
        [removed] Sie gehören bei { $portal } nicht mehr zu { $organisation }.
        [project_off] Sie arbeiten bei { $portal } an einem der Projekte von { $organisation } nicht mehr mit.
       *[rights] Was Sie von { $organisation } bei { $portal } sehen, hat sich geändert.
    }

    Wenn Sie Fragen dazu haben, wenden Sie sich an die Administration Ihrer Organisation.

mail-suspended-subject = Ihre Anmeldung wurde gesperrt
mail-suspended-text =
    Ihre Anmeldung bei { $portal } wurde am { $at } gesperrt. Sie können sich nicht anmelden, bis sie wieder freigegeben ist.

    Wenn Sie nicht wissen, warum, fragen Sie Ihre Ansprechperson bei { $portal }.

mail-restored-subject = Sie können sich wieder anmelden
mail-restored-text =
    Ihre Anmeldung bei { $portal } wurde am { $at } wieder freigegeben. Alles ist wie zuvor.

    Sie melden sich an wie gewohnt. Wenn Sie nicht mehr wissen, wie, lassen Sie sich auf der Anmeldeseite ein neues Passwort zusenden.

mail-passkey-blocked-subject = Einer Ihrer Passkeys wurde gesperrt
mail-passkey-blocked-text =
    Ihr Passkey „{ $passkey }“ für { $portal } wurde am { $at } gesperrt. Er wurde so verwendet, wie es geschieht, wenn jemand anderes eine Kopie davon hat. Er öffnet nichts mehr.

    Entfernen Sie ihn in Ihrem Konto und fügen Sie einen neuen hinzu. Wenn Sie nicht anders hineinkommen, sagen Sie es Ihrer Ansprechperson bei { $portal }.

mail-approval-button = Dokument ansehen
mail-approval-subject = Bitte um Freigabe: { $title }
mail-approval-text =
    { $again ->
        [yes] Von „{ $title }“ gibt es bei { $portal } eine neue Version. Was zur vorigen gesagt wurde, gilt nicht mehr; deshalb bittet { $inviter } Sie erneut: Sehen Sie sich bitte Version { $version } an.
        [next] Wer vor Ihnen entscheidet, hat „{ $title }“, Version { $version }, bei { $portal } freigegeben. Jetzt sind Sie an der Reihe.
        [delegated] { $inviter } bittet Sie, anstelle von { $inviter } über „{ $title }“, Version { $version }, bei { $portal } zu entscheiden.
       *[no] { $inviter } bittet Sie um die Freigabe von „{ $title }“, Version { $version }, bei { $portal }.
    }

    Bitte geben Sie bis { $due } frei oder lehnen Sie ab.

mail-reminder-subject = Erinnerung: { $title }
mail-reminder-text =
    { $late ->
        [yes] { $inviter } wartet noch auf Ihre Entscheidung zu „{ $title }“ bei { $portal }. Sie war bis { $due } erbeten.
       *[no] { $inviter } wartet auf Ihre Entscheidung zu „{ $title }“ bei { $portal }, bis { $due }.
    }

mail-outcome-button = Dokument öffnen
mail-outcome-subject =
    { $outcome ->
        [approved] Freigegeben: { $title }
       *[declined] Abgelehnt: { $title }
    }
mail-outcome-text =
    { $outcome ->
        [approved] { $organisation } hat Version { $version } von „{ $title }“ freigegeben. Zuletzt entschied { $inviter }.
       *[declined] { $organisation } hat Version { $version } von „{ $title }“ abgelehnt. Zuletzt entschied { $inviter }.
    }

mail-held-button = Dokument öffnen
mail-held-subject =
    { $scan ->
        [infected] Zurückgehalten: { $file }
       *[too_large] Nicht geprüft: { $file }
    }
mail-held-text =
    { $scan ->
        [infected] Die Datei „{ $file }“, die Sie zu „{ $title }“ hochgeladen haben, wird zurückgehalten: Der Virenscanner hat { $finding } darin gefunden. Niemand kann sie öffnen.
       *[too_large] Die Datei „{ $file }“, die Sie zu „{ $title }“ hochgeladen haben, ist zu groß für den Virenscanner. Niemand kann sie öffnen, bis die Administration sie freigibt.
    }
mail-why-uploaded = Sie erhalten diese Mail, weil Sie die Datei bei { $portal } hochgeladen haben.

mail-import-button = Fehler ansehen
mail-import-subject = Nicht importiert: { $file }
mail-import-text =
    { $rejected ->
        [0] Die Datei „{ $file }“, die zum Import bereitlag, konnte nicht gelesen oder übernommen werden. Nichts davon wurde importiert.
        [one] Eine Zeile der Datei „{ $file }“, die zum Import bereitlag, ist falsch. Nichts davon wurde importiert.
       *[other] { $rejected } Zeilen der Datei „{ $file }“, die zum Import bereitlag, sind falsch. Nichts davon wurde importiert.
    }

    Der Knopf führt zu den Gründen. Berichtigen Sie die Datei und legen Sie sie wieder in ihren Ordner, oder importieren Sie sie von Hand.

mail-ends-subject =
    { $late ->
        [yes] Abgelaufen: { $title }
       *[no] Läuft am { $until } ab: { $title }
    }
mail-ends-text =
    { $late ->
        [yes] „{ $title }“ für { $organisation } galt bis { $until }. Laden Sie eine neue Version hoch, verschieben Sie das Ende oder ziehen Sie es zurück.
       *[no] „{ $title }“ für { $organisation } gilt bis { $until }. Laden Sie rechtzeitig eine neue Version hoch, verschieben Sie das Ende oder ziehen Sie es zurück.
    }

mail-request-button = Datei schicken
mail-request-subject =
    { $why ->
        [fix] Bitte nachbessern: { $title }
        [soon] Bis { $due }: { $title }
        [late] Überfällig seit { $due }: { $title }
       *[asked] Bitte schicken: { $title }
    }
mail-request-text =
    { $why ->
        [fix] { $inviter } hat sich „{ $title }“ angesehen und bittet um Nachbesserung bis { $due }.
        [soon] { $inviter } bittet Sie um „{ $title }“ bis { $due }. Noch ist nichts gekommen.
        [late] { $inviter } hat Sie um „{ $title }“ bis { $due } gebeten. Noch ist nichts gekommen.
       *[asked] { $inviter } bittet Sie, „{ $title }“ bis { $due } zu schicken. Der Knopf führt dorthin, wo Sie hochladen.
    }
mail-sent-button = Ansehen
mail-sent-subject = { $organisation } hat geschickt: { $title }
mail-sent-text = { $inviter } hat „{ $title }“ für { $organisation } geschickt. Nehmen Sie es an oder sagen Sie, was nachzubessern ist.
mail-arrived-subject =
    { $several ->
        [yes] { $organisation } hat { $count } Dateien geschickt
       *[no] { $organisation } hat geschickt: { $title }
    }
mail-arrived-text =
    { $several ->
        [yes] { $inviter } hat { $count } Dateien für { $organisation } geschickt. Niemand hatte darum gebeten; bitte sehen Sie sie sich an.
       *[no] { $inviter } hat „{ $title }“ für { $organisation } geschickt. Niemand hatte darum gebeten; bitte sehen Sie es sich an.
    }
mail-task-button = Aufgabe ansehen
mail-task-subject =
    { $why ->
        [soon] Bis { $due }: { $title }
        [late] Überfällig seit { $due }: { $title }
       *[asked] Für Sie zu tun: { $title }
    }
mail-task-text =
    { $why ->
        [soon] Im Projekt „{ $project }“ ist bis { $due } noch zu tun: { $title }. Haken Sie es ab, wenn es erledigt ist.
        [late] Im Projekt „{ $project }“ sollte bis { $due } erledigt sein: { $title }. Haken Sie es ab, wenn es getan ist, oder schreiben Sie in einem Kommentar, wann es so weit ist.
        [someday] Im Projekt „{ $project }“ gibt es etwas für Sie zu tun: { $title }. Haken Sie es ab, wenn es erledigt ist.
       *[asked] Im Projekt „{ $project }“ gibt es bis { $due } etwas für Sie zu tun: { $title }. Haken Sie es ab, wenn es erledigt ist.
    }

mail-appointment-button = Termin öffnen
mail-appointment-subject =
    { $what ->
        [proposed] Bitte Zeit auswählen: { $title }
        [moved] Bitte neue Zeit auswählen: { $title }
        [confirmed] Vereinbart: { $title }
        [retimed] Verlegt: { $title }
        [changed] Geändert: { $title }
        [cancelled] Abgesagt: { $title }
        [on_the_way] Wir sind unterwegs: { $title }
        [wished] { $organisation } bittet um eine andere Zeit: { $title }
       *[reminder] Erinnerung: { $title }
    }
mail-appointment-text =
    { $what ->
        [proposed] { $inviter } schlägt Zeiten für „{ $title }“ vor. Wählen Sie mit einem Klick, welche Ihnen passt.
        [moved] { $inviter } muss für „{ $title }“ andere Zeiten vorschlagen. Das bisher Vereinbarte gilt nicht mehr; bitte wählen Sie noch einmal.
        [confirmed] „{ $title }“ ist vereinbart. Auf der Seite des Termins übernehmen Sie ihn in Ihren Kalender.
        [retimed] { $inviter } hat für „{ $title }“ eine andere der vorgeschlagenen Zeiten gewählt. Sie ist jetzt vereinbart; die bisherige gilt nicht mehr.
        [changed] An „{ $title }“ hat sich etwas geändert. So ist es jetzt.
        [cancelled] { $inviter } hat „{ $title }“ abgesagt. Der Termin findet nicht statt.
        [on_the_way] Wir sind zu „{ $title }“ unterwegs und kommen heute in dieser Zeit an.
        [wished] { $inviter } bittet um eine andere Zeit für „{ $title }“. Bis Sie geantwortet haben, bleibt es, wie es ist.
       *[reminder] „{ $title }“ ist morgen.
    }

    { $when }

    { $placed ->
        [yes] Wo: { $place }
       *[no] {""}
    }

mail-news-subject =
    { $others ->
        [0] { $title }
        [one] { $title } und eine weitere Meldung
       *[other] { $title } und { $others } weitere Meldungen
    }
mail-news-text = Das ist neu für Sie bei { $portal }:
mail-news-button = Im Portal ansehen
mail-news-rest =
    { $count ->
        [one] Eine weitere Meldung steht im Portal
       *[other] { $count } weitere Meldungen stehen im Portal
    }
mail-digest-subject =
    { $cadence ->
        [weekly] Ihre Woche bei { $portal }
       *[daily] Ihr Tag bei { $portal }
    }: { $lines ->
        [one] eine Neuigkeit
       *[other] { $lines } Neuigkeiten
    }
mail-digest-text =
    { $cadence ->
        [weekly] Das ist bei { $portal } seit Ihrer letzten Wochenübersicht geschehen:
       *[daily] Das ist bei { $portal } seit Ihrer letzten Übersicht geschehen:
    }
mail-why-kinds = Sie erhalten diese E-Mail, weil Sie bei { $portal } sofort davon erfahren möchten: { $kinds }.
mail-why-daily = Sie erhalten diese E-Mail, weil Sie von { $portal } eine Tagesübersicht bekommen.
mail-why-weekly = Sie erhalten diese E-Mail, weil Sie von { $portal } eine Wochenübersicht bekommen.
mail-stop = Diese Art von E-Mails abbestellen
mail-choose = Auswählen, was Sie erfahren
mail-webhook-subject = Der Webhook „{ $title }“ ist angehalten
mail-webhook-text =
    { $why ->
        [gone] Das Programm, das der Webhook „{ $title }“ benachrichtigt, hat geantwortet, dass es das Ziel nicht mehr gibt. Es wird nichts mehr dorthin gesendet.
       *[other] Das Programm, das der Webhook „{ $title }“ benachrichtigt, hat drei Tage lang nichts angenommen. Es wird nichts mehr dorthin gesendet.
    }

    Beheben Sie den Fehler dort und setzen Sie den Webhook im Portal fort. Was gewartet hat, wird dann gesendet.
mail-webhook-button = Webhook öffnen
