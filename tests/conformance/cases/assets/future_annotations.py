import dagster as dg
from observe import ran, see

# Postponed annotations change nothing.


class Settings(dg.Config):
    n: int = 2


class Box(dg.ConfigurableResource):
    size: int = 3


@dg.asset
def up(context: dg.AssetExecutionContext) -> int:
    return 1


@dg.asset
def down(context: dg.AssetExecutionContext, up: int, config: Settings, box: Box) -> int:
    return up + config.n + box.size


see("inputs", down.keys_by_input_name)
see("resources", down.required_resource_keys)
result = dg.materialize([up, down], resources={"box": Box()})
ran("run", result)
see("value", result.output_for_node("down"))
