"""How the world reaches the application: web, streams, workers, the command line. They only
translate; `bootstrap` alone names the adapters."""

import zoneinfo

zoneinfo.reset_tzpath(())
"""Every process takes the time zones of the package `tzdata`, which is as new as the lock file
says; a system's own may be years old, and then times are an hour off."""
