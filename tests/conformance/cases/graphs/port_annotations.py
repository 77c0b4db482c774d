import dagster as dg
from observe import fails, see

# What a graph's own annotations say about its inputs and outputs.


@dg.op
def one():
    return 1


@dg.op
def first(x, y):
    return x


@dg.op
def shout(x: str) -> str:
    return x


def ports(graph):
    return [
        {name: port.dagster_type.display_name for name, port in graph.input_dict.items()},
        {name: port.dagster_type.display_name for name, port in graph.output_dict.items()},
    ]


@dg.graph
def annotated(x: int) -> str:
    return first(x, one())


@dg.graph
def plain(x):
    return shout(x)


@dg.graph
def narrower(x: int) -> int:
    return shout(x)


@dg.graph(ins={"x": dg.GraphIn(description="a number")}, out=dg.GraphOut())
def described(x: "int | None") -> str:
    return first(x, one())


@dg.graph(out={"a": dg.GraphOut(), "b": dg.GraphOut()})
def several(x: int) -> tuple[int, str]:
    return {"a": first(x, one()), "b": one()}


@dg.graph
def nothing(x) -> None:
    first(x, one())


for graph in (annotated, plain, narrower, several, nothing):
    see(graph.name, ports(graph))
with fails("an optional of text"):
    see("described", ports(described))


@dg.job
def job(x: int):
    first(x, one())


see("job", ports(job.graph))
see("value", annotated.to_job().execute_in_process(run_config={"inputs": {"x": 3}}).output_value())
see("not checked", annotated.to_job().execute_in_process(input_values={"x": "text"}).output_value())
with fails("config of another type"):
    annotated.to_job().execute_in_process(run_config={"inputs": {"x": "text"}})
with fails("config of a job of another type"):
    job.execute_in_process(run_config={"inputs": {"x": "text"}})
with fails("config of what the op does not take"):
    narrower.to_job().execute_in_process(run_config={"inputs": {"x": 3}})
with fails("no type"):

    @dg.graph
    def wrong(x) -> 7:
        return first(x, one())


@dg.graph_asset
def made(up: int) -> str:
    return first(up, one())


see("of an asset", ports(made.node_def))
