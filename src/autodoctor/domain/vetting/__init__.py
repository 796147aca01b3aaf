"""Vetting: whoever offers work here applies, shows documents, and is decided upon."""
