import dagster as dg
from observe import see

# In which order steps run that are ready at once, where graphs are nested.


def op(name, count=0):
    ins = {f"i{place}": dg.In() for place in range(count)}
    return dg.OpDefinition(name=name, ins=ins, outs={"result": dg.Out()}, compute_fn=lambda _, __: iter([dg.Output(1)]))


def order(result):
    return [event.step_key for event in result.all_events if event.event_type_value == "STEP_START"]


one, two, add, other = op("one"), op("two"), op("add", 2), op("other", 2)
keep, keep_too, more, late = op("keep", 1), op("keep_too", 1), op("more", 1), op("late", 1)


@dg.graph
def inner(x):
    return add(one.alias("b")(), x)


@dg.graph
def twice(x):
    return other(inner(x), two.alias("a")())


@dg.graph
def deep(x):
    return inner.alias("a1")(inner.alias("z1")(x))


@dg.graph
def parts(x, y):
    return add(keep.alias("zf")(x), keep_too(y))


@dg.job
def flat():
    inner(two.alias("zz")())
    one.alias("aa")()


@dg.job
def nested():
    twice(inner.alias("n1")(two.alias("zz")()))
    one.alias("aa")()
    two.alias("m")()


@dg.job
def deeper():
    deep(two.alias("zz")())
    deep.alias("d2")(one.alias("q")())


@dg.job
def freed():
    x = two.alias("zz")()
    parts(x, more(x))
    late.alias("zzz")(x)


for job in (flat, nested, deeper, freed):
    see(job.name, order(job.execute_in_process()))


@dg.asset
def up():
    return 1


@dg.asset
def aa():
    return 1


@dg.asset
def mid(up):
    return 1


@dg.graph
def total(up):
    return add(up, one())


@dg.graph
def sums(mid, total):
    return add(other.alias("q")(mid, total), two.alias("b")())


graphs = [dg.AssetsDefinition.from_graph(total), dg.AssetsDefinition.from_graph(sums)]
see("assets", order(dg.materialize([up, aa, mid, *graphs])))
