# Signing in.
sign-in-title = Sign in
sign-in-email = E-mail
sign-in-password = Password
sign-in-submit = Sign in
sign-in-forgotten = Forgotten your password?
sign-in-by-mail = Sign in with a link by mail
sign-in-email-missing = Enter your e-mail address.
sign-in-password-missing = Enter your password.
sign-in-wrong = E-mail and password do not match.
sign-in-already = You are signed in as { $name }.
sign-in-continue = Continue to the portal
