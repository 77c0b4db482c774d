import dagster as dg
from observe import fails

# Wrong arguments in a composition.


@dg.op
def one():
    return 1


@dg.op
def plus(x):
    return x + 1


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def pair():
    return 1, 2


def define(label, body):
    with fails(label):
        dg.graph(name="g")(body)


define("a literal", lambda: plus(5))
define("too many", lambda: plus(one(), one()))
define("unknown keyword", lambda: plus(y=one()))
define("twice", lambda: plus(one(), x=one()))
define("op not called", lambda: plus(one))
define("several outputs as one", lambda: plus(pair()))
define("none", lambda: plus(None))
define("a dict", lambda: plus({"x": one()}))
define("job inside", lambda: dg.job(name="inner")(lambda: one())())
define("iterate one output", lambda: [plus(x) for x in one()])
define("index one output", lambda: plus(one()[0]))
define("attribute of one output", lambda: plus(one().a))
define("unknown attribute of several", lambda: plus(pair().c))
define("unpack too many", lambda: (lambda a, b, c: plus(a))(*pair()))
define("compare a handle", lambda: one() == 1 and None)
define("bool of a handle", lambda: None if one() else None)
define("error in the body", lambda: 1 / 0)
