# Customers, as staff see them.
customers-title = Customers
customers-meta = The customers your role may see.
customers-empty-title = No customers yet
customers-empty-text = Customers appear here when they are assigned to you.
customers-name = Customer
customers-number-is = Customer number { $number }
customers-people = People
customers-people-count = { $count ->
    [0] nobody yet
    [one] one person
   *[other] { $count } people
}
customers-never-count = { $count ->
    [one] one never signed in
   *[other] { $count } never signed in
}
customers-assigned = Assigned
customers-assigned-you = to you
customers-groups = Customer groups
customers-projects = Projects
