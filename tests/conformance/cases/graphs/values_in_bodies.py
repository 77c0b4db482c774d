import dagster as dg
from observe import fails

# A body that treats the output of an op, or an input, as a value.


@dg.op
def one():
    return 1


@dg.op
def take(x):
    return x


def body(label, compose):
    with fails(label):
        dg.graph(name="g")(compose)


def change(handle):
    handle["x"] = 1
    return take(handle)


body("condition", lambda: take(one()) if one() else None)
body("condition on an input", lambda x: take(x) if x else None)
body("or", lambda: one() or take(1))
body("equal", lambda: one() if one() == 1 else take(one()))
body("greater", lambda: take(one() > 1))
body("sum", lambda: take(one() + 1))
body("sum with an input", lambda x: take(x * 2.5))
body("negative", lambda: take(-one()))
body("length", lambda: len(one()))
body("number", lambda: int(one()))
body("membership", lambda: 1 in one())
body("item", lambda: take(one()["a"]))
body("change", lambda: change(one()))
body("loop", lambda: [take(x) for x in one()])
body("attribute", lambda: take(one().shape))
body("attribute of an input", lambda x: take(x.shape))
body("call", lambda: one()())
body("text", lambda: take(f"{one()}"))
body("sorted", lambda: sorted([one(), one()]))
body("as a key", lambda: {one(): 1} and take(one()))
