import dagster as dg
from observe import see

# dg.List, dg.Optional, dg.Dict, dg.Set, dg.Tuple as types.

see("list", dg.check_dagster_type(dg.List[dg.Int], [1]).success)
see("list bad", dg.check_dagster_type(dg.List[dg.Int], ["a"]).success)
see("optional", dg.check_dagster_type(dg.Optional[dg.Int], None).success)
see("dict", dg.check_dagster_type(dg.Dict[dg.String, dg.Int], {"a": 1}).success)
see("dict bad", dg.check_dagster_type(dg.Dict[dg.String, dg.Int], {"a": "b"}).success)
see("set", dg.check_dagster_type(dg.Set[dg.Int], {1}).success)
see("tuple", dg.check_dagster_type(dg.Tuple[dg.Int, dg.String], (1, "a")).success)
see("tuple bad", dg.check_dagster_type(dg.Tuple[dg.Int, dg.String], (1, 2)).success)
