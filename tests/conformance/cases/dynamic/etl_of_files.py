import dagster as dg
from observe import ran, see, steps

# Files are found, read, cleaned and merged; a config decides how many there are.


class Files(dg.Config):
    names: list[str] = ["a", "b", "c"]
    skip: str | None = None


@dg.op(out=dg.DynamicOut(str, description="a file"))
def find(context: dg.OpExecutionContext, config: Files):
    for name in config.names:
        if name == config.skip:
            context.log.info("skipped")
            continue
        yield dg.DynamicOutput(f"{name}.txt", mapping_key=f"file_{name}", metadata={"size": len(name)})


@dg.op(tags={"kind": "read"})
def read(context, path: str) -> list[str]:
    context.log_event(
        dg.AssetMaterialization(asset_key=["files", path.split(".", maxsplit=1)[0]], metadata={"path": path})
    )
    return [path] * 2


@dg.op
def clean(lines: list[str]) -> int:
    return len(lines)


@dg.op
def merge(context, counts: list[int], lines: list[list[str]]) -> dict:
    return {"counts": counts, "lines": lines}


@dg.graph
def one_file(path):
    lines = read(path)
    return clean(lines)


@dg.job
def etl():
    files = find()
    lines = files.map(read)
    merge(lines.map(clean).collect(), lines.collect())


result = etl.execute_in_process()
ran("run", result)
see("merged", result.output_for_node("merge"))
see("read", result.output_for_node("read"))
see("found", result.output_for_node("find"))
less = etl.execute_in_process(dg.RunConfig(ops={"find": Files(names=["x", "y"], skip="y")}))
see("less", less.output_for_node("merge"))
see("steps of less", steps(less))
none = etl.execute_in_process({"ops": {"find": {"config": {"names": []}}}})
see("none", none.output_for_node("merge"))
