# Signing in.
sign-in-title = Aanmelden
sign-in-email = E-mail
sign-in-password = Wachtwoord
sign-in-submit = Aanmelden
sign-in-forgotten = Wachtwoord vergeten?
sign-in-by-mail = Aanmelden met een link per e-mail
sign-in-email-missing = Vul uw e-mailadres in.
sign-in-password-missing = Vul uw wachtwoord in.
sign-in-wrong = E-mail en wachtwoord horen niet bij elkaar.
sign-in-already = U bent aangemeld als { $name }.
sign-in-continue = Verder naar het portaal
