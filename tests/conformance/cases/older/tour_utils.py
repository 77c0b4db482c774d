import dagster as dg
from observe import fails, see

import os

see("frp", os.path.basename(dg.file_relative_path(__file__, "x/y.txt")))
see("frp dir", dg.file_relative_path("/a/b/c.py", "../d"))
lg = dg.get_dagster_logger()
see("logger", [lg.name, dg.get_dagster_logger("sub").name])
T = dg.DagsterEventType
see("types", sorted(t.value for t in T if t.value.startswith("ASSET_MAT") or t.value.startswith("STEP_"))[:8])
see("type eq", [T.STEP_SUCCESS.value, T("STEP_FAILURE") is T.STEP_FAILURE, T.RUN_SUCCESS.value, T.RUN_START.value])
see("status", [s.value for s in dg.DagsterRunStatus])
see("version", dg.__version__ is not None)


class E(dg.DagsterError):
    pass


see(
    "err",
    [
        issubclass(dg.DagsterInvalidDefinitionError, dg.DagsterError),
        issubclass(dg.DagsterInvariantViolationError, dg.DagsterError),
        issubclass(dg.Failure, Exception),
        issubclass(dg.DagsterInvalidConfigError, dg.DagsterError),
    ],
)
f = dg.Failure("desc", metadata={"a": 1}, allow_retries=False)
see("failure", [f.description, f.metadata, f.allow_retries, str(f)])
rr = dg.RetryRequested(max_retries=2, seconds_to_wait=1)
see("retry", [rr.max_retries, rr.seconds_to_wait])
p = dg.RetryPolicy(max_retries=3, delay=0.5, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.FULL)
see("policy", [p.max_retries, p.delay, p.backoff.value, p.jitter.value])
see("policy eq", [dg.RetryPolicy() == dg.RetryPolicy(), dg.RetryPolicy().max_retries, dg.RetryPolicy().delay])
o = dg.Output(1, "n", metadata={"a": 1}, data_version=dg.DataVersion("x"))
see("output", [o.value, o.output_name, o.metadata, o.data_version.value, dg.Output(3).output_name])
see("output eq", dg.Output(1) == dg.Output(1))
d = dg.DynamicOutput(1, "mk")
see("dyn", [d.value, d.mapping_key, d.output_name])
with fails("bad mapping key"):
    dg.DynamicOutput(1, "a b")
see("dv", [dg.DataVersion("a") == dg.DataVersion("a"), dg.DataVersion("a").value, dg.DataProvenance is not None])
am = dg.AssetMaterialization(
    asset_key="k", description="d", metadata={"p": dg.MetadataValue.path("x")}, partition="pp", tags={"a": "b"}
)
see("am", [am.asset_key, am.description, am.metadata, am.partition, am.tags, am.label])
am2 = dg.AssetMaterialization.file("/x/y.txt", asset_key="f")
see("file", [am2.asset_key, am2.metadata, am2.description])
see("ao", [dg.AssetObservation("q", metadata={"a": 1}).metadata, dg.AssetObservation(["x", "y"]).asset_key])
er = dg.ExpectationResult(True, label="l", description="d", metadata={"a": 1})
see("er", [er.success, er.label, er.description, er.metadata])
tc = dg.TypeCheck(success=False, description="bad", metadata={"a": 1})
see("tc", [tc.success, tc.description, tc.metadata])
see("nothing", [dg.Nothing.display_name if hasattr(dg.Nothing, "display_name") else None])
mr = dg.MaterializeResult(asset_key="a", metadata={"x": 1}, data_version=dg.DataVersion("v"), tags={"t": "1"})
see("mr", [mr.asset_key, mr.metadata, mr.data_version.value, mr.tags, mr.check_results])
see("in mr", [dg.MaterializeResult().asset_key, dg.MaterializeResult().metadata, dg.MaterializeResult().tags])
