import dagster as dg
from observe import fails, ran, see

# Metadata added in handle_output, in every way.


class Adds(dg.IOManager):
    def handle_output(self, context, obj):
        context.add_output_metadata({"a": 1})
        context.add_output_metadata({"b": 2})
        with fails(f"the same again for {context.name} of {context.step_key}"):
            context.add_output_metadata({"a": 3})

    def load_input(self, context):
        context.add_input_metadata({"read": True})
        return 1


class Yields(dg.IOManager):
    def handle_output(self, context, obj):
        yield {"y": dg.MetadataValue.text("t")}

    def load_input(self, context): ...


class YieldsEvent(dg.IOManager):
    def handle_output(self, context, obj):
        yield dg.AssetMaterialization("extra", metadata={"n": 1})

    def load_input(self, context): ...


class LogsEvent(dg.IOManager):
    def handle_output(self, context, obj):
        context.log_event(dg.AssetMaterialization("logged"))

    def load_input(self, context): ...


@dg.asset
def a():
    return 1


@dg.asset
def b(a):
    return 2


result = dg.materialize([a, b], resources={"io_manager": Adds()})
ran("adds", result)
loaded = [e.event_specific_data for e in result.all_events if e.event_type_value == "LOADED_INPUT"]
see("loaded", [[d.input_name, d.manager_key, d.upstream_output_name, d.upstream_step_key, d.metadata] for d in loaded])
handled = [e.event_specific_data for e in result.all_events if e.event_type_value == "HANDLED_OUTPUT"]
see("handled", [[d.output_name, d.manager_key, d.metadata] for d in handled])
with fails("yields"):
    ran("yields run", dg.materialize([a], resources={"io_manager": Yields()}))
ran("yields event", dg.materialize([a], resources={"io_manager": YieldsEvent()}, raise_on_error=False))
ran("logs event", dg.materialize([a], resources={"io_manager": LogsEvent()}))
