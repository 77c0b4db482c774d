import dagster as dg
from observe import fails

# A config mapping that raises or gives nonsense.


@dg.op(config_schema=int)
def emit(context):
    return context.op_config


@dg.config_mapping(config_schema=int)
def raises(value):
    raise ValueError("no")


@dg.config_mapping(config_schema=int)
def nonsense(value):
    return {"ops": {"emit": {"config": "x"}}}


for mapping in (raises, nonsense):

    @dg.job(config=mapping)
    def j():
        emit()

    with fails(mapping.config_fn.__name__):
        j.execute_in_process(run_config=1)
