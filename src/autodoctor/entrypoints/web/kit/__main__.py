"""Serves the kit on this machine: python -m autodoctor.entrypoints.web.kit [port]."""

import sys

from autodoctor.entrypoints.web.kit.app import kit_app

kit_app().run(port=int(sys.argv[1]) if len(sys.argv) > 1 else 5099)
