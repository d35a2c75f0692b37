# Wat klanten ongevraagd sturen.
arrivals-send = Bestanden sturen
arrivals-send-meta = Bestanden waar niemand u om heeft gevraagd.
arrivals-organisation = Organisatie
arrivals-title-hint = Leeg: de naam van elk bestand wordt de titel.
arrivals-files = Bestanden
arrivals-who-sees = U, de beheerders van uw organisatie en uw contactpersonen zien ze.
arrivals-none-title = Er is niets geopend
arrivals-none-text = Uw contactpersoon heeft geen soort document voor bestanden van u geopend. Waar u om gevraagd wordt, staat op uw startpagina.
arrivals-sent = Verstuurd
arrivals-sent-toast = { $count ->
    [one] Het bestand is verstuurd
   *[other] { $count } bestanden zijn verstuurd
}
arrivals-some-sent = { $count ->
    [one] Eén bestand is verstuurd.
   *[other] { $count } bestanden zijn verstuurd.
}
arrivals-title = Door klanten gestuurd
arrivals-meta = Wat klanten ongevraagd hebben gestuurd, het nieuwste eerst.
arrivals-mark = Door de klant gestuurd
arrivals-new = Nieuw
arrivals-sent-by = { $name }, { $when }
arrivals-seen = Gezien
arrivals-seen-by = Gezien door { $name }, { $when }
arrivals-unseen = Nog niemand heeft het bekeken.
arrivals-see = Als gezien markeren
arrivals-see-named = “{ $title }” als gezien markeren
arrivals-seen-toast = Als gezien gemarkeerd
arrivals-empty-title = Niets aanwezig
arrivals-empty-text = Wat klanten ongevraagd sturen, wacht hier tot iemand het heeft bekeken.
arrivals-empty-all-text = Wat klanten ongevraagd sturen, verschijnt hier.
arrivals-error-closed = In deze soort document kunnen geen bestanden worden gestuurd.
arrivals-error-not-sent = De klant heeft dit document niet ongevraagd gestuurd.
arrivals-error-many = Er kunnen hoogstens { $max } bestanden tegelijk worden gestuurd.
