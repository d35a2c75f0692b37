# Documenten zoeken, trefwoorden, opgeslagen weergaven.
documents-search = Documenten doorzoeken
documents-search-hint = Titel, tekst, trefwoord …
documents-search-button = Zoeken
documents-none-title = Niets gevonden
documents-none-text = Elk woord moet het begin zijn van een woord in de titel, een trefwoord, de bestandsnaam of de tekst van het document. Probeer het met minder woorden of alleen met het begin ervan.
documents-found = { $count ->
    [one] Eén document gevonden
   *[other] { $count } documenten gevonden
}
documents-found-more = De eerste { $count } gevonden documenten
tags-title = Trefwoorden
tags-hint = Gescheiden door komma's. Wie het document leest, ziet ze.
tags-with = Met het trefwoord
tags-without = Zonder het trefwoord { $tag }
tags-error-word = ‘{ $tag }’ kan geen trefwoord zijn: het heeft een letter of cijfer nodig en mag geen komma of puntkomma bevatten.
tags-error-long = ‘{ $tag }’ is langer dan { $max } tekens.
tags-error-many = Hoogstens { $max } trefwoorden per document.
tags-error-none = Voer minstens één trefwoord in.
bulk-tag-title = Trefwoorden geven
bulk-tag = { $count ->
    [one] Eén document trefwoorden geven
   *[other] { $count } documenten trefwoorden geven
}
bulk-tagged-toast = { $count ->
    [one] Eén document heeft trefwoorden gekregen
   *[other] { $count } documenten hebben trefwoorden gekregen
}
views-title = Opgeslagen weergaven
views-save = Deze weergave opslaan
views-save-button = Opslaan
views-name = Naam van de weergave
views-saved = De weergave is opgeslagen
views-removed = De weergave is verwijderd
views-remove = Weergave ‘{ $name }’ verwijderen
views-error-name = Geef de weergave een naam.
views-error-long = Hoogstens { $max } tekens.
views-error-empty = Zoek of filter eerst: de hele lijst heeft geen weergave nodig.
views-error-list = Deze lijst bestaat niet.
views-error-many = U hebt { $max } weergaven van deze lijst. Verwijder er eerst een.
