"""HTTP on this machine. httpx reads all certificates that anybody trusts for each client, and for
each call without one; that takes longer than most of what is asked here."""

from functools import partial
from typing import Final

import httpx

_PLAIN: Final = {"verify": False, "trust_env": False, "timeout": 120}

client = partial(httpx.Client, **_PLAIN)
get = partial(httpx.get, **_PLAIN)
post = partial(httpx.post, **_PLAIN)
put = partial(httpx.put, **_PLAIN)
stream = partial(httpx.stream, **_PLAIN)
