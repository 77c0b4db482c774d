import dagster as dg
from observe import see

NOT_YET = "asset checks come with a later issue"

import sys
from pathlib import Path

# Schedules, sensors and checks of a module become part of Definitions.

Path("kitchen.py").write_text(
    """
import dagster as dg

@dg.asset
def a(): ...

@dg.asset_check(asset=a)
def fine():
    return dg.AssetCheckResult(passed=True)

asset_job = dg.define_asset_job("aj", selection=[a])
daily = dg.ScheduleDefinition(name="daily", job=asset_job, cron_schedule="@daily")

@dg.sensor(job=asset_job)
def watcher():
    return dg.SkipReason("no")
"""
)
sys.path.insert(0, ".")
import kitchen

defs = dg.load_definitions_from_module(kitchen)
see("schedules", [s.name for s in defs.schedules])
see("sensors", [s.name for s in defs.sensors])
see("checks", len(defs.asset_checks))
