import dagster as dg
from observe import fails, ran, see

from typing import Optional, Dict, List, Tuple, Union, Any


@dg.asset
def a() -> Dict[str, int]:
    return {"a": 1}


@dg.asset
def b(a: Dict[str, int]) -> List[int]:
    return list(a.values())


@dg.asset
def c(b: List[str]):
    return b


ran("ok", dg.materialize([a, b]))
ran("bad in", dg.materialize([a, b, c], raise_on_error=False))


@dg.asset
def d() -> Optional[int]:
    return "x"


with fails("bad out"):
    dg.materialize([d])
Even = dg.DagsterType(name="Even", type_check_fn=lambda _, v: v % 2 == 0, description="even")


@dg.asset(dagster_type=Even)
def e():
    return 3


r = dg.materialize([e], raise_on_error=False)
ran("even", r)


def chk(_, v):
    return dg.TypeCheck(success=True, metadata={"v": v}, description="fine")


T = dg.DagsterType(name="T", type_check_fn=chk)


@dg.asset(dagster_type=T)
def f():
    return 4


r = dg.materialize([f])
tc = [x for x in r.all_events if x.event_type_value == "STEP_OUTPUT"][0].event_specific_data.type_check_data
see("tc", [tc.success, tc.label, tc.description, dict(tc.metadata.items())])
see(
    "u",
    [
        a.op.output_dict["result"].dagster_type.display_name,
        b.op.output_dict["result"].dagster_type.display_name,
        d.op.output_dict["result"].dagster_type.display_name,
    ],
)
