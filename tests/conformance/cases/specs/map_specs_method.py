import dagster as dg
from observe import ran, see

# AssetsDefinition.map_asset_specs, adding dependencies and metadata.


@dg.asset
def a(): ...


@dg.asset(deps=[a])
def b() -> None: ...


mapped = b.map_asset_specs(lambda s: s.merge_attributes(metadata={"m": 1}, deps=["extra"]))
see("metadata", mapped.metadata_by_key)
see("deps", mapped.dependency_keys)
ran("run", dg.materialize([a, mapped]))
