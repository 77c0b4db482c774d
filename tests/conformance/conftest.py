"""The cases are programs for the player, not tests for pytest."""

collect_ignore = ["cases"]
