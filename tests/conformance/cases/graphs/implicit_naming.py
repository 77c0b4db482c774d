import dagster as dg
from observe import ran, see

# An op used several times without aliases gets numbers.


@dg.op
def one():
    return 1


@dg.op
def plus(x):
    return x + 1


@dg.graph
def pair():
    return plus(plus(one()))


@dg.job
def j():
    plus(plus(plus(one())))
    pair()
    pair()


result = j.execute_in_process()
ran("run", result)
see("values", [result.output_for_node(name) for name in ("plus", "plus_2", "plus_3", "pair_2.plus_2")])
see("nodes", sorted(node.name for node in j.graph.nodes))
see("order", list(dict.fromkeys(e.step_key for e in result.all_events if e.step_key)))
