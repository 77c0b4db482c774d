import dagster as dg
from observe import ran, see

# specs say which assets a step makes; nothing is stored unless a value is given.


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            "a", group_name="g", tags={"x": "y"}, metadata={"m": 1}, owners=["team:t"], code_version="1", kinds={"sql"}
        ),
        dg.AssetSpec(["p", "b"], deps=["up"], description="bee", skippable=True),
    ]
)
def made():
    yield dg.MaterializeResult("a")
    yield dg.MaterializeResult(["p", "b"], metadata={"n": 1})


see("keys", made.keys)
see("op", made.op.name)
see("groups", made.group_names_by_key)
see("tags", made.tags_by_key)
see("metadata", made.metadata_by_key)
see("owners", made.owners_by_key)
see("versions", made.code_versions_by_key)
see("descriptions", made.descriptions_by_key)
see("deps", {k.to_user_string(): v for k, v in made.asset_deps.items()})
see("dependency keys", made.dependency_keys)
ran("run", dg.materialize([made]))
