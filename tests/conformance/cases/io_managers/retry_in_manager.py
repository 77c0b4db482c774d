import dagster as dg
from observe import fails, ran, see

# Failure and RetryRequested from a manager.

tries = []


class Flaky(dg.IOManager):
    def handle_output(self, context, obj):
        tries.append(1)
        if len(tries) < 2:
            raise dg.RetryRequested(max_retries=1)

    def load_input(self, context):
        raise dg.Failure("cannot read", metadata={"n": 1})


@dg.asset
def a():
    return 1


@dg.asset
def b(a): ...


with fails("run"):
    ran("events", dg.materialize([a, b], resources={"io_manager": Flaky()}, raise_on_error=False))
see("tries", len(tries))
