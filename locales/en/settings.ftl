# How the portal is set up.
settings-title = Settings
settings-meta = What counts for the whole portal. It holds from the next request.
settings-portal = Portal
settings-name = Name of the portal
settings-name-hint = Your company. It stands on every page and in every mail.
settings-released = What customers may change
settings-released-hint = Master data that a customer’s administrators change themselves, unless the customer has a list of its own.
settings-view-as = Views as a customer
settings-view-as-shown = Customers see who looked
settings-view-as-hint = A customer’s administrators see who of staff viewed the portal as one of them, when and why.
settings-yes = yes
settings-no = no
settings-save = Save
settings-saved = The settings are saved.
settings-error-name = Enter a name.
settings-error-name-long = The name has more than { $max } characters.
settings-error-field = { $name } is no field that customers can change.
