import dagster as dg
from observe import see

# Testing an IO manager with built contexts.


class Memory(dg.IOManager):
    def __init__(self):
        self.stored = {}

    def handle_output(self, context, obj):
        context.add_output_metadata({"size": len(obj)})
        self.stored[tuple(context.asset_key.path)] = obj

    def load_input(self, context):
        return self.stored[tuple(context.asset_key.path)]


manager = Memory()
out = dg.build_output_context(asset_key=["a", "b"])
manager.handle_output(out, [1, 2])
see("loaded", manager.load_input(dg.build_input_context(asset_key=["a", "b"])))
see("metadata", out.get_logged_metadata())
