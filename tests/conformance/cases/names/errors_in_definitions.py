import dagster as dg
from observe import see

# The errors of definitions, caught by their public names.


@dg.op
def one():
    return 1


@dg.op(ins={"x": dg.In(int)})
def two(x):
    return x


def caught(label, error, act):
    try:
        act()
    except error as found:
        see(label, [type(found), isinstance(found, dg.DagsterError)])
    else:
        see(label, "nothing")


def name_twice():
    @dg.asset(name="not a name")
    def wrong():
        pass


def config_of_no_type():
    @dg.op(config_schema={"a": 4})
    def wrong():
        pass


caught("definition", dg.DagsterInvalidDefinitionError, name_twice)
caught("config definition", dg.DagsterInvalidConfigDefinitionError, config_of_no_type)
caught("invocation", dg.DagsterInvalidInvocationError, lambda: two(1, 2, 3))
caught("type", dg.DagsterTypeCheckDidNotPass, lambda: two("text"))


@dg.job
def j():
    one.alias("first")()
    one.alias("second")()


caught("subset", dg.DagsterInvalidSubsetError, lambda: j.execute_in_process(op_selection=["third"]))
caught("invariant", dg.DagsterInvariantViolationError, lambda: j.execute_in_process().output_for_node("third"))
caught("config", dg.DagsterInvalidConfigError, lambda: j.execute_in_process({"ops": {"third": {}}}))
