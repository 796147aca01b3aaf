CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    -- What Stripe knows about an object without showing it.
    hidden TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(hidden))
) STRICT;
CREATE INDEX IF NOT EXISTS objects_by_kind ON objects (kind, seq);
CREATE INDEX IF NOT EXISTS objects_by_payment ON objects (kind, body ->> 'payment_intent');
CREATE INDEX IF NOT EXISTS objects_by_group ON objects (kind, body ->> 'transfer_group');
CREATE INDEX IF NOT EXISTS objects_by_source ON objects (kind, body ->> 'source_transaction');
CREATE INDEX IF NOT EXISTS objects_by_status ON objects (kind, body ->> 'status');

CREATE TABLE IF NOT EXISTS movements (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    -- 'platform', the id of an account, or 'cards' for the world outside.
    holder TEXT NOT NULL,
    object_id TEXT NOT NULL REFERENCES objects (id),
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS movements_by_holder ON movements (holder, currency);

CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES objects (id),
    place REAL NOT NULL,
    due_at REAL NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('due', 'delivered', 'lost', 'given_up'))
) STRICT;
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (place) WHERE state = 'due';
CREATE INDEX IF NOT EXISTS deliveries_by_event ON deliveries (event_id);

CREATE TABLE IF NOT EXISTS attempts (
    id INTEGER PRIMARY KEY,
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
    at REAL NOT NULL,
    milliseconds INTEGER NOT NULL,
    status INTEGER,
    problem TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS attempts_by_delivery ON attempts (delivery_id);

CREATE TABLE IF NOT EXISTS answers (
    idempotency_key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS rules (
    id INTEGER PRIMARY KEY,
    event_type TEXT,
    effect TEXT NOT NULL CHECK (effect IN ('delay', 'twice', 'lose')),
    seconds REAL NOT NULL,
    times_left INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS knobs (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;
