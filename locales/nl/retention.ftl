# Hoe lang documenten worden bewaard.
retention-title = Bewaartermijnen
retention-meta = Hoe lang documenten worden bewaard, en wat vandaag wordt verwijderd.
retention-rules = Regels
retention-rules-text = Documenten van een soort worden zoveel dagen na de laatste wijziging verwijderd, elke nacht; wat langer geldig is, zoveel dagen na de laatste dag van zijn geldigheid. Blijft het veld leeg, dan worden ze voorgoed bewaard. Wat nog ter goedkeuring openstaat of wordt vastgehouden, blijft.
retention-keep = Verwijderen na dagen
retention-least = Wettelijk minimum in dagen
retention-due = Zou nu worden verwijderd
retention-empty-title = Er is niets te verwijderen
retention-empty-text = Geen document is ouder dan de regels toestaan.
retention-sum = { $count ->
    [one] Eén document met { $versions } versies, { $size }.
   *[other] { $count } documenten met { $versions } versies, { $size }.
}
retention-kept = { $count ->
    [one] Nog één is oud genoeg; het wordt vastgehouden of staat ter goedkeuring open.
   *[other] Nog { $count } zijn oud genoeg; ze worden vastgehouden of staan ter goedkeuring open.
}
retention-versions = { $count ->
    [0] geen bestand
    [one] één versie
   *[other] { $count } versies
}
retention-delete = Nu verwijderen
retention-delete-title = Deze documenten verwijderen?
retention-delete-text = Hun bestanden, versies en goedkeuringen verdwijnen voorgoed, ook uit de opslag. Het logboek bewaart dat ze er waren.
retention-runs = Eerdere verwijderingen
retention-deleted-toast = { $count ->
    [0] Er was niets te verwijderen.
    [one] Eén document is verwijderd.
   *[other] { $count } documenten zijn verwijderd.
}
retention-error-days = Voer een getal van 1 tot { $max } in.
retention-error-number = Voer een geheel getal in.
retention-error-least = Voer ten minste { $least } in, het wettelijk minimum.
retention-hold-title = Ondanks de regels bewaren
retention-held = Dit document wordt vastgehouden: het wordt niet verwijderd, hoe oud het ook wordt.
retention-reason = Reden
retention-reason-hint = Bijvoorbeeld een rechtszaak. Het wordt niet verwijderd tot het wordt vrijgegeven.
retention-error-reason = Zeg waarom, voor wie er over jaren naar vraagt.
retention-hold = Vasthouden
retention-release = Niet langer vasthouden
retention-held-toast = Het document wordt vastgehouden.
retention-released-toast = Het document wordt niet langer vastgehouden.
