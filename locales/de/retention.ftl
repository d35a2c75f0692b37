# Wie lange Dokumente aufbewahrt werden.
retention-title = Aufbewahrung
retention-meta = Wie lange Dokumente aufbewahrt werden, und was heute gelöscht wird.
retention-rules = Regeln
retention-rules-text = Dokumente einer Art werden so viele Tage nach der letzten Änderung gelöscht, jede Nacht; was länger gilt, so viele Tage nach dem letzten Tag seiner Gültigkeit. Bleibt das Feld leer, werden sie dauerhaft aufbewahrt. Was noch zur Freigabe offen ist oder festgehalten wird, bleibt.
retention-keep = Löschen nach Tagen
retention-least = Gesetzliche Mindestdauer in Tagen
retention-due = Würde jetzt gelöscht
retention-empty-title = Nichts ist fällig
retention-empty-text = Kein Dokument ist älter, als die Regeln erlauben.
retention-sum = { $count ->
    [one] Ein Dokument mit { $versions } Versionen, { $size }.
   *[other] { $count } Dokumente mit { $versions } Versionen, { $size }.
}
retention-kept = { $count ->
    [one] Ein weiteres ist alt genug; es wird festgehalten oder ist zur Freigabe offen.
   *[other] { $count } weitere sind alt genug; sie werden festgehalten oder sind zur Freigabe offen.
}
retention-versions = { $count ->
    [0] keine Datei
    [one] eine Version
   *[other] { $count } Versionen
}
retention-delete = Jetzt löschen
retention-delete-title = Diese Dokumente löschen?
retention-delete-text = Ihre Dateien, Versionen und Freigaben verschwinden endgültig, auch aus dem Speicher. Das Protokoll behält, dass es sie gab.
retention-runs = Frühere Löschungen
retention-deleted-toast = { $count ->
    [0] Nichts war fällig.
    [one] Ein Dokument ist gelöscht.
   *[other] { $count } Dokumente sind gelöscht.
}
retention-error-days = Geben Sie eine Zahl von 1 bis { $max } ein.
retention-error-number = Geben Sie eine ganze Zahl ein.
retention-error-least = Geben Sie mindestens { $least } ein, die gesetzliche Mindestdauer.
retention-hold-title = Trotz der Regeln aufbewahren
retention-held = Dieses Dokument wird festgehalten: Es wird nicht gelöscht, wie alt es auch wird.
retention-reason = Grund
retention-reason-hint = Zum Beispiel ein Rechtsstreit. Es wird nicht gelöscht, bis es freigegeben ist.
retention-error-reason = Sagen Sie warum, für alle, die in Jahren danach fragen.
retention-hold = Festhalten
retention-release = Nicht mehr festhalten
retention-held-toast = Das Dokument wird festgehalten.
retention-released-toast = Das Dokument wird nicht mehr festgehalten.
