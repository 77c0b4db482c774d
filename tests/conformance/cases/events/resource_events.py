import dagster as dg
from observe import see

# Events around the resources of a run.


class Thing(dg.ConfigurableResource):
    def setup_for_execution(self, context):
        pass


@dg.op(required_resource_keys={"r"})
def use():
    return 1


@dg.job(resource_defs={"r": Thing()})
def j():
    use()


result = j.execute_in_process()
kinds = [e.event_type_value for e in result.all_events if e.event_type_value.startswith("RESOURCE")]
see("kinds", kinds)
