"""The command line: `autodoctor COMMAND`."""

from autodoctor.entrypoints.cli.main import main

__all__ = ["main"]
