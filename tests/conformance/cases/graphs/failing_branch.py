import dagster as dg
from observe import fails, ran, see

# A failure stops what depends on it, not its siblings.


@dg.op
def bad():
    raise ValueError("no")


@dg.op
def good():
    return 1


@dg.op
def needs_bad(x):
    return x


@dg.op
def needs_both(x, y):
    return x


@dg.op
def needs_good(x):
    return x


@dg.job
def j():
    b, g = bad(), good()
    needs_bad(b)
    needs_both(b, g)
    needs_good(g)


result = j.execute_in_process(raise_on_error=False)
ran("run", result)
see("failed", result.is_node_failed("bad"))
see("success of the unrun", result.is_node_success("needs_bad"))
see("skipped of the unrun", result.is_node_skipped("needs_bad"))
see("untouched", result.is_node_untouched("needs_bad"))
with fails("raises the user's error"):
    j.execute_in_process()
