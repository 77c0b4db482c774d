import dagster as dg
from observe import fails, ran, see

import json


class J(dg.UPathIOManager):
    extension = ".json"

    def dump_to_path(self, context, obj, path):
        with path.open("w") as f:
            json.dump(obj, f)

    def load_from_path(self, context, path):
        with path.open("r") as f:
            return json.load(f)

    def get_metadata(self, context, obj):
        return {"n": len(obj)}


from upath import UPath
import os


@dg.io_manager
def jio(context):
    return J(base_path=UPath("store"))


@dg.asset(key_prefix=["a", "b"])
def one():
    return [1, 2]


@dg.asset(ins={"one": dg.AssetIn(key=["a", "b", "one"])})
def two(one):
    return one + [3]


@dg.asset
def gives_none():
    return None


ran("run", dg.materialize([one, two], resources={"io_manager": jio}))
see("files", sorted(os.path.join(d, f) for d, _, fs in os.walk("store") for f in fs))
r = dg.materialize([gives_none], resources={"io_manager": jio}, raise_on_error=False)
ran("none", r)


@dg.op
def o():
    return [1]


@dg.op
def p(x):
    return x


@dg.job(resource_defs={"io_manager": jio})
def j():
    p(o())


r = j.execute_in_process(run_id="11111111-1111-1111-1111-111111111111")
see("j", [r.success, r.output_for_node("p")])
see("files2", sorted(os.path.join(d, f) for d, _, fs in os.walk("store") for f in fs))


class Half(dg.UPathIOManager):
    extension = ".x"


with fails("abstract"):
    Half(base_path=UPath("s"))
