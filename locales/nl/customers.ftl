# Stamgegevens van klanten, en het portaal zien zoals een klant het ziet.
view-as-link = Bekijken als { $name }
view-as-short = Bekijken als
view-as-title = Het portaal zien zoals { $name }
view-as-what = U ziet een half uur lang elke pagina precies zoals deze persoon. U kunt niets wijzigen en alleen downloaden wat ook bij uw eigen rol hoort. Wat u opent, blijft voor de persoon ongelezen.
view-as-reason = Reden
view-as-recorded = Bijvoorbeeld het nummer van een ticket. De reden wordt vastgelegd, met begin en einde.
view-as-recorded-shown = Bijvoorbeeld het nummer van een ticket. De reden wordt vastgelegd en de beheerders van de klant kunnen haar lezen.
view-as-begin = Weergave starten
view-as-reason-missing = Geef aan waarom u moet meekijken.
view-as-reason-long = De reden mag hoogstens { $max } tekens hebben.
view-as-banner = Weergave als klant
view-as-bar = U ziet wat { $name } ziet
view-as-bar-place = bij { $organisation }. Alleen lezen.
view-as-bar-facts = Reden: { $reason }, eindigt { $time }, wordt vastgelegd
view-as-stop = Weergave stoppen
view-as-ended = U ziet weer uw eigen pagina's
view-as-over = De weergave als klant is afgelopen. U ziet weer uw eigen pagina's.
