# How the portal is set up.
settings-title = Instellingen
settings-meta = Wat voor het hele portaal geldt, vanaf het volgende verzoek.
settings-portal = Portaal
settings-name = Naam van het portaal
settings-name-hint = Uw bedrijf. De naam staat op elke pagina en in elke e-mail.
settings-released = Wat klanten mogen wijzigen
settings-released-hint = Stamgegevens die de beheerders van een klant zelf wijzigen, tenzij de klant een eigen lijst heeft.
settings-view-as = Meekijken als klant
settings-view-as-shown = Klanten zien wie heeft meegekeken
settings-view-as-hint = De beheerders van een klant zien wie van uw medewerkers het portaal als een van hen heeft bekeken, wanneer en waarom.
settings-yes = ja
settings-no = nee
settings-save = Opslaan
settings-saved = De instellingen zijn opgeslagen.
settings-error-name = Voer een naam in.
settings-error-name-long = De naam heeft meer dan { $max } tekens.
settings-error-field = { $name } is geen veld dat klanten kunnen wijzigen.
