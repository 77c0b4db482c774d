import dagster as dg
from observe import fails, see

# The events of a run whose resource cannot start.


@dg.resource
def bad(context):
    raise ValueError("no")


@dg.op(required_resource_keys={"bad"})
def look(context): ...


@dg.job(resource_defs={"bad": bad})
def j():
    look()


result = j.execute_in_process(raise_on_error=False)
see("success", result.success)
see(
    "events",
    [
        e.event_type_value
        for e in result.all_events
        if not e.event_type_value.startswith(("ENGINE", "LOGS", "RESOURCE"))
    ],
)
with fails("raised"):
    j.execute_in_process()
