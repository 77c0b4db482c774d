import dagster as dg
from observe import see

# A manager of Definitions, one of a resource key, one of the asset.

calls = []


class Shelf(dg.ConfigurableIOManager):
    name: str

    def handle_output(self, context, obj):
        calls.append([self.name, context.asset_key.to_user_string()])

    def load_input(self, context):
        return 1


@dg.asset
def a():
    return 1


@dg.asset(io_manager_key="special")
def b(a):
    return 1


@dg.asset
def c(b):
    return 1


defs = dg.Definitions(
    assets=[a, b, c],
    jobs=[dg.define_asset_job("j")],
    resources={"io_manager": Shelf(name="default"), "special": Shelf(name="special")},
)
defs.resolve_job_def("j").execute_in_process()
see("calls", calls)
