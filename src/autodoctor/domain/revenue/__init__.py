"""What a session's money becomes: rates, splits and the double-entry ledger."""
