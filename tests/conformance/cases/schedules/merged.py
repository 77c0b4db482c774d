import dagster as dg
from observe import see

DIFFERS = {"schedules": "one and the same object is there once, as with assets and jobs"}

# Schedules and sensors of merged Definitions.


@dg.op
def one(): ...


@dg.job
def j():
    one()


@dg.schedule("@daily", job=j)
def s():
    return {}


@dg.sensor(job=j)
def n():
    return None


first = dg.Definitions(schedules=[s])
second = dg.Definitions(sensors=[n], schedules=[s])
merged = dg.Definitions.merge(first, second)
see("schedules", [one.name for one in merged.schedules])
see("sensors", [one.name for one in merged.sensors])
see("none", [list(dg.Definitions().schedules or []), list(dg.Definitions().sensors or [])])
