# Signing in.
sign-in-title = Anmelden
sign-in-email = E-Mail
sign-in-password = Passwort
sign-in-submit = Anmelden
sign-in-forgotten = Passwort vergessen?
sign-in-by-mail = Mit einem Link per E-Mail anmelden
sign-in-email-missing = Geben Sie Ihre E-Mail-Adresse ein.
sign-in-password-missing = Geben Sie Ihr Passwort ein.
sign-in-wrong = E-Mail und Passwort passen nicht zusammen.
sign-in-already = Sie sind als { $name } angemeldet.
sign-in-continue = Weiter zum Portal
