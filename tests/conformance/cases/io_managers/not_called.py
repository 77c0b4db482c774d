import dagster as dg
from observe import see

# Managers are not called without a value.

calls = []


class Shelf(dg.IOManager):
    def handle_output(self, context, obj):
        calls.append([context.asset_key.to_user_string(), obj])

    def load_input(self, context):
        return None


@dg.asset
def void() -> None: ...


@dg.asset
def silent():
    return None


@dg.asset
def told():
    return dg.MaterializeResult()


@dg.asset
def valued():
    return dg.MaterializeResult(value=2)


@dg.asset(dagster_type=dg.Nothing)
def nothing():
    return None


@dg.asset
def annotated_output() -> dg.Output[None]:
    return dg.Output(None)


dg.materialize([void, silent, told, valued, nothing, annotated_output], resources={"io_manager": Shelf()})
see("calls", sorted(calls, key=str))
