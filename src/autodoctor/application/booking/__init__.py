"""From an intake to the payment page, or past it when the session is free."""
