"""Money in, shared, out, and back: local facts in the ledger first, calls to the provider
afterwards, each from a row of ours that is retried until it is done."""
