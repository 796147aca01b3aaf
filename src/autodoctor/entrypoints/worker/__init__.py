"""The worker: deliveries of events, timers, departures, mail."""
