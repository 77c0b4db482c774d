import dagster as dg
from observe import fails, ran, see

# Config of single outputs and inputs.


class Shelf(dg.IOManager):
    def __init__(self):
        self.seen = []

    def handle_output(self, context, obj):
        see("output config", context.config)

    def load_input(self, context):
        see("input config", context.config)
        return 1


@dg.io_manager(output_config_schema={"path": str}, input_config_schema={"mode": dg.Field(str, default_value="r")})
def shelf():
    return Shelf()


@dg.op
def one():
    return 1


@dg.op(out=dg.Out(dg.Nothing))
def two(x): ...


@dg.job(resource_defs={"io_manager": shelf})
def j():
    two(one())


with fails("missing"):
    j.execute_in_process()
with fails("outputs of one only"):
    j.execute_in_process(run_config={"ops": {"one": {"outputs": {"result": {"path": "/p"}}}}})
with fails("config of a connected input"):
    j.execute_in_process(
        run_config={
            "ops": {
                "one": {"outputs": {"result": {"path": "/p"}}},
                "two": {"inputs": {"x": {"mode": "w"}}, "outputs": {"result": {"path": "/q"}}},
            }
        }
    )
outputs = {"ops": {name: {"outputs": {"result": {"path": f"/{name}"}}} for name in ("one", "two")}}
ran("run", j.execute_in_process(run_config=outputs))
