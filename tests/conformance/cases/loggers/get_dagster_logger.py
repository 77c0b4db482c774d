import dagster as dg
from observe import see

import logging

# get_dagster_logger is a stdlib logger.

see("type", isinstance(dg.get_dagster_logger(), logging.Logger))
see("name", dg.get_dagster_logger().name)
see("named", dg.get_dagster_logger("mine").name)


@dg.op
def one():
    dg.get_dagster_logger().info("from inside")


@dg.job
def j():
    one()


with dg.DagsterInstance.ephemeral() as instance:
    result = j.execute_in_process(instance=instance)
    logs = [entry.user_message for entry in instance.all_logs(result.run_id) if not entry.is_dagster_event]
    see("captured", logs)
