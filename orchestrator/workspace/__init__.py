"""Find and load user code."""
