# Dokumente suchen, Schlagwörter, gespeicherte Ansichten.
documents-search = Dokumente durchsuchen
documents-search-hint = Titel, Text, Schlagwort …
documents-search-button = Suchen
documents-none-title = Nichts gefunden
documents-none-text = Jedes Wort muss ein Wort im Titel, in einem Schlagwort, im Dateinamen oder im Text des Dokuments beginnen. Versuchen Sie es mit weniger Wörtern oder nur mit ihrem Anfang.
documents-found = { $count ->
    [one] Ein Dokument gefunden
   *[other] { $count } Dokumente gefunden
}
documents-found-more = Die ersten { $count } gefundenen Dokumente
tags-title = Schlagwörter
tags-hint = Durch Kommas getrennt. Wer das Dokument liest, sieht sie.
tags-with = Mit dem Schlagwort
tags-without = Ohne das Schlagwort { $tag }
tags-error-word = „{ $tag }“ kann kein Schlagwort sein: Es braucht einen Buchstaben oder eine Ziffer und darf kein Komma oder Semikolon enthalten.
tags-error-long = „{ $tag }“ ist länger als { $max } Zeichen.
tags-error-many = Höchstens { $max } Schlagwörter je Dokument.
tags-error-none = Geben Sie mindestens ein Schlagwort ein.
bulk-tag-title = Verschlagworten
bulk-tag = { $count ->
    [one] Ein Dokument verschlagworten
   *[other] { $count } Dokumente verschlagworten
}
bulk-tagged-toast = { $count ->
    [one] Ein Dokument wurde verschlagwortet
   *[other] { $count } Dokumente wurden verschlagwortet
}
views-title = Gespeicherte Ansichten
views-save = Diese Ansicht speichern
views-save-button = Speichern
views-name = Name der Ansicht
views-saved = Die Ansicht ist gespeichert
views-removed = Die Ansicht ist entfernt
views-remove = Ansicht „{ $name }“ entfernen
views-error-name = Geben Sie der Ansicht einen Namen.
views-error-long = Höchstens { $max } Zeichen.
views-error-empty = Suchen oder filtern Sie zuerst: Die ganze Liste braucht keine Ansicht.
views-error-list = Diese Liste gibt es nicht.
views-error-many = Sie haben { $max } Ansichten dieser Liste. Entfernen Sie zuerst eine.
