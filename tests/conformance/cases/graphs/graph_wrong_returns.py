import dagster as dg
from observe import fails, see

# What a graph body may not return.

DIFFERS = {
    "handle of several outputs": "Dagster drops all but the first without a word",
    "handle of several outputs outputs": "Dagster drops all but the first without a word",
    "too few": "an error of the definition; Dagster fails with an IndexError",
    "too many": "Dagster drops the rest without a word",
    "too many outputs": "Dagster drops the rest without a word",
    "tuple without out": "Dagster drops all but the first without a word",
    "tuple without out outputs": "Dagster drops all but the first without a word",
}


@dg.op
def one():
    return 1


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def pair():
    return 1, 2


def define(label, body, **arguments):
    with fails(label):
        made = dg.graph(name="g", **arguments)(body)
        see(label + " outputs", [o.name for o in made.output_defs])


define("literal", lambda: 5)
define("string", lambda: "x")
define("nothing with an out", lambda: None, out=dg.GraphOut())
define("handle of several outputs", lambda: pair())
define("handle of several outputs with out", lambda: pair(), out={"a": dg.GraphOut(), "b": dg.GraphOut()})
define("unknown name", lambda: {"x": one()}, out={"a": dg.GraphOut()})
define("missing name", lambda: {"a": one()}, out={"a": dg.GraphOut(), "b": dg.GraphOut()})
define("dict without out", lambda: {"a": one()})
define("too few", lambda: (one(),), out={"a": dg.GraphOut(), "b": dg.GraphOut()})
define("too many", lambda: (one(), one()), out={"a": dg.GraphOut()})
define("one out in a dict", lambda: one(), out={"a": dg.GraphOut()})
define("list of handles", lambda: [one(), one()])
define("tuple without out", lambda: (one(), one()))
define("empty dict", lambda: {})
define("the op itself", lambda: one)
