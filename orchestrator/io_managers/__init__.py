"""Store and load values."""
