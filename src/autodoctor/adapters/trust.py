"""Which certificates are trusted. httpx and smtplib read all of them for every client and every
connection if nobody gives them any, which takes 30 ms: here they are read once."""

import ssl
from functools import cache

import httpx


@cache
def for_http() -> ssl.SSLContext:
    """Those that httpx comes with, or that SSL_CERT_FILE names."""
    return httpx.create_ssl_context()


@cache
def for_smtp() -> ssl.SSLContext:
    """Those of the system."""
    return ssl.create_default_context()
