# Customers, as staff see them.
customers-title = Klanten
customers-meta = De klanten die u met uw rol mag zien.
customers-empty-title = Nog geen klanten
customers-empty-text = Klanten staan hier zodra ze aan u zijn toegewezen.
customers-name = Klant
customers-number-is = Klantnummer { $number }
customers-people = Personen
customers-people-count = { $count ->
    [0] nog niemand
    [one] één persoon
   *[other] { $count } personen
}
customers-never-count = { $count ->
    [one] één nog nooit aangemeld
   *[other] { $count } nog nooit aangemeld
}
customers-assigned = Toegewezen
customers-assigned-you = aan u
customers-groups = Klantengroepen
customers-projects = Projecten
