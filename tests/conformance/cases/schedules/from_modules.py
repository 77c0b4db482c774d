import dagster as dg
from observe import see

# Schedules that a module holds.


import sys
from pathlib import Path

Path("kitchen.py").write_text(
    """
import dagster as dg

@dg.asset
def a(): ...

daily = dg.ScheduleDefinition(name="daily", target=[a], cron_schedule="@daily")
several = [dg.ScheduleDefinition(name="hourly", target=[a], cron_schedule="@hourly")]

@dg.sensor(target=[a])
def watcher():
    return dg.SkipReason("no")
"""
)
sys.path.insert(0, ".")
import kitchen

defs = dg.load_definitions_from_module(kitchen)
see("schedules", sorted(s.name for s in defs.schedules))
see("sensors", [s.name for s in defs.sensors])
