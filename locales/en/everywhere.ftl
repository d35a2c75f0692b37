# Search everywhere.
everywhere-title = Search
everywhere-form = Search on this page
everywhere-label = Search everywhere
everywhere-hint = Search
everywhere-people = People
everywhere-all = All results
everywhere-all-of = All results: { $area }
everywhere-cut = There are more. Another word narrows it down.
everywhere-found = { $count ->
    [0] Nothing found.
    [one] One result.
   *[other] { $count } results.
}
everywhere-begin-title = What are you looking for?
everywhere-begin-text = Words of a document, the number of an order, or a name.
everywhere-none-title = Nothing found
everywhere-none-text = Fewer or shorter words find more. You find only what you may see.
