"""`python -m autodoctor.entrypoints.cli`, for children of the supervisor."""

from autodoctor.entrypoints.cli.main import main

main()
