# The customer's home.
home-good-morning = Guten Morgen, { $name }
home-good-afternoon = Guten Tag, { $name }
home-good-evening = Guten Abend, { $name }
home-needs-count = { $count ->
    [0] Nichts wartet auf Sie.
    [one] Ein Vorgang wartet auf Sie.
   *[other] { $count } Vorgänge warten auf Sie.
}
home-needs = Wartet auf Sie
home-needs-empty-title = Alles erledigt
home-needs-empty-text = Dokumente, die namentlich an Sie gehen, stehen hier, bis Sie sie geöffnet haben.
home-read = Lesen
home-read-document = „{ $title }“ lesen
home-since = Eingang: { $when }
home-approve = Entscheiden
home-approve-document = „{ $title }“ freigeben
home-asked-by = erbeten von { $name }, { $when }
home-new-documents = Neue Dokumente
home-all-documents = Alle Dokumente
home-documents-empty-title = Noch keine Dokumente
home-documents-empty-text = Sobald Ihre Ansprechperson ein Dokument mit Ihnen teilt, steht es hier.
home-contact = Ihre Ansprechperson
home-contact-empty-title = Noch keine Ansprechperson benannt
home-contact-empty-text = Ihr Lieferant benennt noch, wer Sie betreut.
home-write = E-Mail schreiben
home-write-to = E-Mail schreiben an { $name }
home-coming = Rechnungen, Termine und Fragen
home-coming-text = Sie stehen hier, sobald sie Teil dieses Portals sind. Bis dahin hilft Ihnen Ihre Ansprechperson gern.
home-send-file = „{ $title }“ schicken
home-send = Schicken
home-order-waits = Der Auftrag „{ $title }“ wartet auf Sie
home-order-open = Ansehen
home-choose-time = Zeit auswählen für „{ $title }“
home-choose = Auswählen
home-until = bis { $when }
home-orders = Offene Aufträge
home-all-orders = Alle Aufträge
home-no-orders-title = Keine offenen Aufträge
home-no-orders-text = Was Sie bestellen, erscheint hier, bis es angekommen ist.
