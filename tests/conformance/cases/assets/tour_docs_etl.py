import dagster as dg
from observe import ran, see

import json, os


@dg.asset(group_name="hn", compute_kind="API")
def topstory_ids(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    ids = list(range(5))
    os.makedirs("data", exist_ok=True)
    with open("data/ids.json", "w") as f:
        json.dump(ids, f)
    return dg.MaterializeResult(metadata={"n": len(ids), "preview": dg.MetadataValue.md("- 1\n- 2")})


@dg.asset(deps=[topstory_ids], group_name="hn")
def topstories(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    with open("data/ids.json") as f:
        ids = json.load(f)
    context.log.info("got %d", len(ids))
    return dg.MaterializeResult(metadata={"num_records": len(ids), "url": dg.MetadataValue.url("https://x.y")})


@dg.asset(deps=["topstories"], description="counts words")
def most_frequent_words(context) -> dict:
    return {"a": 1}


r = dg.materialize([topstory_ids, topstories, most_frequent_words])
ran("run", r)
see("kinds", topstory_ids.specs_by_key[dg.AssetKey("topstory_ids")].kinds)
see("group", topstory_ids.group_names_by_key)
see("desc", most_frequent_words.descriptions_by_key)
see("out", r.output_for_node("most_frequent_words"))
see("deps", topstories.asset_deps)
see("keys", [m.asset_key for m in r.get_asset_materialization_events()])
