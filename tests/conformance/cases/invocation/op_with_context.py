import dagster as dg
from observe import fails, see

# Calling an op that takes a context.


@dg.op
def named(context):
    return context.op_def.name


@dg.op
def both(context, x):
    return [context is not None, x]


@dg.op(config_schema={"n": int})
def configured(context):
    return context.op_config["n"]


see("named", named(dg.build_op_context()))
see("both", both(dg.build_op_context(), 5))
see("by keyword", both(context=dg.build_op_context(), x=5))
see("config", configured(dg.build_op_context(op_config={"n": 3})))
with fails("no context"):
    named()
with fails("none as context"):
    see("value with none", named(None))
with fails("config missing"):
    configured(dg.build_op_context())
with fails("config wrong"):
    configured(dg.build_op_context(op_config={"n": "x"}))
with fails("context to an op without one"):

    @dg.op
    def without():
        return 1

    see("ignored", without(dg.build_op_context()))
