# Words that every feature shares: roles, dates, people, audit.
role-customer = Klant
role-customer-admin = Portaalbeheerder
role-partner = Externe partner
role-project-manager = Projectleider
role-support = Support
role-finance = Financiën
role-sales = Verkoop
role-management = Directie
role-administrator = Administrator

date-today = Vandaag
date-yesterday = Gisteren
date-tomorrow = morgen

people-never = nog nooit aangemeld
people-seen = laatst aangemeld: { $when }

account-language-unknown = Deze taal is niet beschikbaar.
account-theme-unknown = Deze weergave is niet beschikbaar.
error-wait = Te veel pogingen. Wacht { $minutes ->
    [one] één minuut
   *[other] { $minutes } minuten
} en probeer het opnieuw.
idempotency-other-request = Deze sleutel is voor een ander verzoek gebruikt.
idempotency-in-progress = Hetzelfde verzoek wordt op dit moment uitgevoerd.
idempotency-done = Het verzoek met deze sleutel is uitgevoerd. Het antwoord is niet bewaard of niet meer voor u bedoeld: lees wat het heeft gewijzigd voordat u het met een andere sleutel stuurt.

audit-meta = Elke handeling, de nieuwste eerst. Het logboek kan niet worden gewijzigd.
audit-when = Wanneer
audit-who = Wie
audit-what = Wat
audit-detail = Details
audit-operator = Beheer, direct op de server
audit-nobody = Niet aangemeld
audit-token = via API-token
export-csv = CSV
export-xlsx = Excel
export-cut = Dit bestand bevat alleen de eerste { $max } rijen. Beperk de lijst om de overige te krijgen.
