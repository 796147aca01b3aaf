"""Availability, time off, holds and appointments, changed in any order."""

from hypothesis import settings

from autodoctor.testing.machines.days import MechanicsDays

TestMechanicsDays = MechanicsDays.TestCase
TestMechanicsDays.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)
