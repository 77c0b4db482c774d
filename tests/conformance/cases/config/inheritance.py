import dagster as dg
from observe import see

# Config classes that inherit fields.


class Base(dg.Config):
    a: int = 1


class Child(Base):
    b: int = 2
    a: int = 5


@dg.asset
def made(config: Child):
    return [config.a, config.b]


see("defaults", dg.materialize([made]).output_for_node("made"))
see("given", dg.materialize([made], run_config={"ops": {"made": {"config": {"a": 8}}}}).output_for_node("made"))
