"""How the world reaches the application: web, streams, workers, the command line. They only
translate; `bootstrap` alone names the adapters."""
