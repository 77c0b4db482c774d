"""Snapshots of definitions, the asset graph and the selection language (pure)."""
