"""What runs by itself: deliveries of events, timers, lapsed leases, mails."""
