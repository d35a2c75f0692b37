# The customer's home.
home-good-morning = Good morning, { $name }
home-good-afternoon = Good afternoon, { $name }
home-good-evening = Good evening, { $name }
home-needs-count = { $count ->
    [0] Nothing is waiting for you.
    [one] One thing needs you.
   *[other] { $count } things need you.
}
home-needs = Needs you
home-needs-empty-title = All done
home-needs-empty-text = Documents sent to you by name appear here until you have opened them.
home-read = Read
home-read-document = Read “{ $title }”
home-since = since { $when }
home-approve = Decide
home-approve-document = Approve “{ $title }”
home-asked-by = asked by { $name }, { $when }
home-new-documents = New documents
home-all-documents = All documents
home-documents-empty-title = No documents yet
home-documents-empty-text = As soon as your contact shares a document with you, it appears here.
home-contact = Your contact
home-contact-empty-title = No contact named yet
home-contact-empty-text = Your supplier will name somebody who looks after you.
home-write = Write a mail
home-write-to = Write a mail to { $name }
home-coming = Invoices, appointments and questions
home-coming-text = They will stand here as soon as they are part of this portal. Until then your contact is happy to help.
home-send-file = Send “{ $title }”
home-send = Send
home-order-waits = Order “{ $title }” waits for you
home-order-open = Look
home-choose-time = Choose a time for “{ $title }”
home-choose = Choose
home-until = until { $when }
home-orders = Open orders
home-all-orders = All orders
home-no-orders-title = No open orders
home-no-orders-text = What you order appears here until it has arrived.
