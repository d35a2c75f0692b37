# Suche überall.
everywhere-title = Suche
everywhere-form = Suche auf dieser Seite
everywhere-label = Überall suchen
everywhere-hint = Suchen
everywhere-people = Personen
everywhere-all = Alle Treffer
everywhere-all-of = Alle Treffer: { $area }
everywhere-cut = Es gibt noch mehr. Ein weiteres Wort grenzt es ein.
everywhere-found = { $count ->
    [0] Nichts gefunden.
    [one] Ein Treffer.
   *[other] { $count } Treffer.
}
everywhere-begin-title = Was suchen Sie?
everywhere-begin-text = Wörter aus einem Dokument, die Nummer eines Auftrags oder ein Name.
everywhere-none-title = Nichts gefunden
everywhere-none-text = Weniger oder kürzere Wörter finden mehr. Sie finden nur, was Sie sehen dürfen.
