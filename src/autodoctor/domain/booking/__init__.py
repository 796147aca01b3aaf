"""Before a session: the intake, the waiver, the vehicle, the files, the free session."""
