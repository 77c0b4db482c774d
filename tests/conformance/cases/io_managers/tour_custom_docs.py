import dagster as dg
from observe import fails, ran, see

import json, os


class JsonIO(dg.ConfigurableIOManager):
    root: str = "out"

    def _p(self, key):
        return os.path.join(self.root, *key.path) + ".json"

    def handle_output(self, context: dg.OutputContext, obj):
        p = self._p(context.asset_key)
        os.makedirs(os.path.dirname(p), exist_ok=True)
        with open(p, "w") as f:
            json.dump(obj, f)
        context.add_output_metadata({"size": len(json.dumps(obj)), "where": dg.MetadataValue.path(p)})

    def load_input(self, context: dg.InputContext):
        with open(self._p(context.asset_key)) as f:
            return json.load(f)


@dg.asset(key_prefix="x")
def a():
    return {"n": 1}


@dg.asset(ins={"a": dg.AssetIn(key_prefix="x")})
def b(a):
    return [a["n"]]


defs = dg.Definitions(assets=[a, b], resources={"io_manager": JsonIO()})
job = defs.resolve_implicit_global_asset_job_def()
ran("run", job.execute_in_process())
see("load", defs.load_asset_value("b"))
see("load list", defs.load_asset_value(["x", "a"]))
see("file", os.path.exists("out/x/a.json"))
with fails("load unknown"):
    defs.load_asset_value("zz")
r = (
    dg.materialize([b], resources={"io_manager": JsonIO()}, selection=["b"])
    if False
    else dg.materialize([a, b], resources={"io_manager": JsonIO()}, selection=["b"])
)
see("b again", r.output_for_node("b"))
with fails("not made"):
    dg.materialize([a, b], resources={"io_manager": JsonIO(root="other")}, selection=["b"])
with fails("not serializable"):

    @dg.asset
    def bad():
        return object()

    dg.materialize([bad], resources={"io_manager": JsonIO()})
ran("bad", dg.materialize([bad], resources={"io_manager": JsonIO()}, raise_on_error=False))
with fails("abstract"):

    class Half(dg.IOManager):
        def handle_output(self, context, obj): ...

    Half()
