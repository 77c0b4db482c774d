import dagster as dg
from observe import fails, ran, see

# A prefix goes before the name; inputs are looked up by their bare name, not under it.


@dg.asset(key_prefix="pantry")
def oats():
    return 2


@dg.asset(key_prefix=["pantry", "top"])
def honey(): ...


see("keys", [oats.key, honey.key])
see("ops", [oats.op.name, honey.op.name])


@dg.asset(key_prefix="pantry")
def bars(oats): ...


see("input without prefix", bars.keys_by_input_name)
with fails("unknown input at load"):
    dg.Definitions(assets=[oats, bars]).resolve_all_job_defs()


@dg.asset(ins={"oats": dg.AssetIn(key_prefix="pantry")})
def cake(oats):
    return oats * 2


see("AssetIn prefix", cake.keys_by_input_name)
ran("run", dg.materialize([oats, cake]))
