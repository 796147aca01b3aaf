"""What is true, whatever the technology: frozen values and pure functions.

Importable alone; depends on attrs and nothing else. Every context is a package beside this
file; docs/domain.md shows how to use them.
"""
