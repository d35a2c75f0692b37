# Overal zoeken.
everywhere-title = Zoeken
everywhere-form = Zoeken op deze pagina
everywhere-label = Overal zoeken
everywhere-hint = Zoeken
everywhere-people = Personen
everywhere-all = Alle resultaten
everywhere-all-of = Alle resultaten: { $area }
everywhere-cut = Er is meer. Nog een woord beperkt het.
everywhere-found = { $count ->
    [0] Niets gevonden.
    [one] Eén resultaat.
   *[other] { $count } resultaten.
}
everywhere-begin-title = Waar zoekt u naar?
everywhere-begin-text = Woorden uit een document, het nummer van een order of een naam.
everywhere-none-title = Niets gevonden
everywhere-none-text = Minder of kortere woorden vinden meer. U vindt alleen wat u mag zien.
