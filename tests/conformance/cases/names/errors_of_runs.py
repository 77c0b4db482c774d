import dagster as dg
from observe import see

# The errors that come while something runs, caught by their public names.


def caught(label, error, act):
    try:
        act()
    except error as found:
        see(
            label,
            [type(found), isinstance(found, dg.DagsterError), isinstance(found, dg.DagsterUserCodeExecutionError)],
        )
    else:
        see(label, "nothing")


@dg.resource
def broken(_):
    raise ValueError("no")


@dg.op(required_resource_keys={"box"})
def needs(context):
    return context.resources.box


@dg.job(resource_defs={"box": broken})
def with_broken():
    needs()


caught("resource", dg.DagsterResourceFunctionError, with_broken.execute_in_process)


@dg.config_mapping(config_schema={"x": int})
def mapping(value):
    raise ValueError("no")


@dg.op(config_schema={"x": int})
def configured(context):
    return context.op_config


@dg.job(config=mapping)
def mapped_config():
    configured()


caught("mapping", dg.DagsterConfigMappingFunctionError, lambda: mapped_config.execute_in_process({"x": 1}))


def raises(context, value):
    raise ValueError("no")


@dg.op(out=dg.Out(dg.DagsterType(raises, name="Raises")))
def typed():
    return 1


@dg.job
def typed_job():
    typed()


caught("type check not wrapped in process", ValueError, typed_job.execute_in_process)


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def gives_one():
    yield dg.Output(1, "a")


@dg.job
def one_missing():
    gives_one()


caught("output", dg.DagsterStepOutputNotFoundError, one_missing.execute_in_process)


@dg.op
def asks(context):
    return context.resources.nothing


@dg.job
def asking():
    asks()


caught("unknown resource", dg.DagsterUnknownResourceError, asking.execute_in_process)


@dg.op
def interrupted():
    raise dg.DagsterExecutionInterruptedError


@dg.job
def stops():
    interrupted()


caught("interrupted", dg.DagsterExecutionInterruptedError, stops.execute_in_process)
see("interrupts are no errors", issubclass(dg.DagsterExecutionInterruptedError, Exception))


@dg.op
def fails():
    raise ValueError("no")


@dg.job
def failing():
    fails()


caught("not wrapped in process", ValueError, failing.execute_in_process)
see(
    "children of the errors of user code",
    [
        issubclass(error, dg.DagsterUserCodeExecutionError)
        for error in (
            dg.DagsterExecutionStepExecutionError,
            dg.DagsterConfigMappingFunctionError,
            dg.DagsterTypeCheckError,
            dg.DagsterResourceFunctionError,
            dg.DagsterTypeCheckDidNotPass,
            dg.DagsterTypeCheckError,
        )
    ],
)
see(
    "others",
    [
        issubclass(error, dg.DagsterError)
        for error in (dg.DagsterUnknownPartitionError, dg.DagsterUnmetExecutorRequirementsError)
    ],
)
