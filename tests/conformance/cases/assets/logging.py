import dagster as dg
from observe import see

# Messages an asset logs, through the context and get_dagster_logger.


@dg.asset
def a(context: dg.AssetExecutionContext) -> None:
    context.log.info("one")
    context.log.warning("two %s", 2)
    dg.get_dagster_logger().info("three")
    dg.get_dagster_logger("mine").error("four")
    see("logger", isinstance(context.log, dg.DagsterLogManager))


with dg.DagsterInstance.ephemeral() as instance:
    result = dg.materialize([a], instance=instance)
    entries = [e for e in instance.all_logs(result.run_id) if not e.is_dagster_event]
    see("entries", [[e.user_message, e.level, e.step_key] for e in entries if isinstance(e, dg.EventLogEntry)])
