"""Logging in with other providers: OpenID Connect, Apple's dialect of it, and Facebook."""
