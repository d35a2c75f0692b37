# The customer's home.
home-good-morning = Goedemorgen, { $name }
home-good-afternoon = Goedemiddag, { $name }
home-good-evening = Goedenavond, { $name }
home-needs-count = { $count ->
    [0] Er wacht niets op u.
    [one] Er wacht één punt op u.
   *[other] Er wachten { $count } punten op u.
}
home-needs = Wacht op u
home-needs-empty-title = Alles gedaan
home-needs-empty-text = Documenten die op naam aan u zijn gericht, staan hier totdat u ze hebt geopend.
home-read = Lezen
home-read-document = ‘{ $title }’ lezen
home-since = Ontvangen: { $when }
home-approve = Beslissen
home-approve-document = ‘{ $title }’ goedkeuren
home-asked-by = gevraagd door { $name }, { $when }
home-new-documents = Nieuwe documenten
home-all-documents = Alle documenten
home-documents-empty-title = Nog geen documenten
home-documents-empty-text = Zodra uw contactpersoon een document met u deelt, staat het hier.
home-contact = Uw contactpersoon
home-contact-empty-title = Nog geen contactpersoon bekend
home-contact-empty-text = Uw leverancier laat hier nog weten wie u begeleidt.
home-write = E-mail schrijven
home-write-to = E-mail schrijven aan { $name }
home-coming = Facturen, afspraken en vragen
home-coming-text = Ze staan hier zodra ze deel uitmaken van dit portaal. Tot dan helpt uw contactpersoon u graag.
home-send-file = “{ $title }” sturen
home-send = Sturen
home-order-waits = Order “{ $title }” wacht op u
home-order-open = Bekijken
home-choose-time = Kies een tijd voor “{ $title }”
home-choose = Kiezen
home-until = tot { $when }
home-orders = Open orders
home-all-orders = Alle orders
home-no-orders-title = Geen open orders
home-no-orders-text = Wat u bestelt verschijnt hier tot het is aangekomen.
