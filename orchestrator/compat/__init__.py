"""Dagster's spellings, served from the native model. Nothing of orch itself imports this package."""
