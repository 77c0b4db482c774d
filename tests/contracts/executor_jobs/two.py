"""A second location, whose assets stand between those of the first."""

import orchestrator as dg


@dg.asset
def across(raw):
    return [value + 1 for value in raw]


@dg.asset
def across_failing(failing):
    return failing


@dg.asset
def and_further(across, read_from_json):
    return sum(across) + read_from_json


defs = dg.Definitions(assets=[across, across_failing, and_further])
