# Customers, as staff see them.
customers-title = Kunden
customers-meta = Die Kunden, die Sie mit Ihrer Rolle sehen dürfen.
customers-empty-title = Noch keine Kunden
customers-empty-text = Kunden stehen hier, sobald sie Ihnen zugeordnet sind.
customers-name = Kunde
customers-number-is = Kundennummer { $number }
customers-people = Personen
customers-people-count = { $count ->
    [0] noch niemand
    [one] eine Person
   *[other] { $count } Personen
}
customers-never-count = { $count ->
    [one] eine noch nie angemeldet
   *[other] { $count } noch nie angemeldet
}
customers-assigned = Zugeordnet
customers-assigned-you = Ihnen
customers-groups = Kundengruppen
customers-projects = Projekte
