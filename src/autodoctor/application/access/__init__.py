"""Who may do what: one function (`may`), and the actions of each context as data beside it."""
