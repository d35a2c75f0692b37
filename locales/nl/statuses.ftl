# Hoe orders ervoor kunnen staan.
statuses-title = Statussen
statuses-meta = Hoe iets ervoor kan staan, in woorden van uw klanten, en wie er aan zet is.
statuses-of-orders = Orders
statuses-of-projects = Projecten
statuses-one-meta = Klanten lezen de naam in hun eigen taal.
statuses-new = Nieuwe status
statuses-saved = De status is opgeslagen.
statuses-moved = De volgorde van de statussen is opgeslagen.
statuses-up = “{ $name }” omhoog
statuses-down = “{ $name }” omlaag
statuses-is-final = definitief
statuses-unused = niet in gebruik
statuses-used = { $count ->
    [one] één keer gebruikt
   *[other] { $count } keer gebruikt
}
statuses-used-many = meer dan { $count } keer gebruikt
statuses-waits-house = Wij zijn aan zet
statuses-waits-customer = De klant is aan zet
statuses-waits-nobody = Niemand is aan zet
statuses-names = Naam
statuses-look = Uiterlijk
statuses-look-hint = Elke kleur is licht en donker leesbaar. Teken en woord zeggen het ook zonder kleur.
statuses-look-idle = Onderweg
statuses-look-mine = De klant is aan zet
statuses-look-good = Goed
statuses-look-warn = Vraagt aandacht
statuses-look-bad = Mislukt
statuses-sample = Status
statuses-meaning = Wat hij betekent
statuses-waits-for = Wie is er aan zet
statuses-waits-hint = Beide kanten lezen dit. Een order die op de klant wacht, staat op de startpagina van wie besteld heeft.
statuses-final = Definitief: er komt niets meer
statuses-final-hint = Wat deze status heeft, is afgesloten. Wijzigt u dit, dan wordt het afgesloten of weer geopend.
statuses-delete-title = Deze status verwijderen
statuses-delete-text = Wat deze status heeft, krijgt in dezelfde stap een andere. De klanten zien dat de status gewijzigd is.
statuses-delete = Status verwijderen
statuses-replacement = Welke status komt ervoor in de plaats?
statuses-replace-choose = Maak een keuze
statuses-replace-nothing = Niet nodig
statuses-deleted = { $count ->
    [0] De status is verwijderd.
   *[other] De status is verwijderd. Omgezet naar de andere: { $count }.
}
statuses-error-name = Geef de status een naam in deze taal.
statuses-error-twice = Een andere status heet al zo.
statuses-error-many = Niet meer dan { $max } statussen: ze staan op één rij.
statuses-error-key = Een sleutel bestaat uit hoogstens 40 kleine letters, cijfers en liggende streepjes, en is nog vrij.
statuses-error-key-fixed = De sleutel van een status verandert nooit.
statuses-error-order = Noem elke status één keer.
statuses-error-replacement = Kies een andere status die er is.
statuses-error-used = Deze status is in gebruik. Kies welke ervoor in de plaats komt.
statuses-error-last = De laatste status kan niet verwijderd worden.
statuses-error-stale = Iemand anders heeft de statussen intussen gewijzigd. Bekijk ze en probeer het opnieuw.
