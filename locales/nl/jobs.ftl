# The job queue.
jobs-kind-mail = E-mail
jobs-kind-password-reset = Vergeten wachtwoord
jobs-kind-sign-in-link = Aanmeldlink
jobs-kind-uploads = Afgebroken uploads verwijderen
jobs-kind-sessions = Beëindigde sessies verwijderen
jobs-kind-throttles = Oude tellingen van mislukte aanmeldingen verwijderen
jobs-kind-idempotency = Oude idempotentiesleutels verwijderen
jobs-kind-links = Verlopen links verwijderen
jobs-kind-jobs = Voltooide taken verwijderen
jobs-conflict-state = De taak loopt inmiddels of is klaar. Bekijk de lijst opnieuw.
jobs-conflict-replaced = Er wacht al een nieuwere taak voor hetzelfde. Laat in plaats daarvan deze vallen.
