import dagster as dg
from observe import fails, see

# A Config parameter in direct invocation.


class Settings(dg.Config):
    n: int
    name: str = "d"


@dg.op
def use(config: Settings):
    return [config.n, config.name]


@dg.op
def both(context, config: Settings):
    return config.n


see("object", use(Settings(n=1)))
see("keyword", use(config=Settings(n=2, name="x")))
see("by context", both(dg.build_op_context(op_config={"n": 3})))
with fails("nothing"):
    use()
