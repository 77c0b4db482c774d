import dagster as dg
from observe import fails, see

# PermissiveConfig keeps what it does not know; Config refuses it.


class Open(dg.PermissiveConfig):
    known: int = 1


class Closed(dg.Config):
    known: int = 1


class Holder(dg.Config):
    inner: Open = Open()
    more: dict = {}


@dg.op
def opened(config: Open):
    return [config.known, dict(config), config.model_dump()]


@dg.op
def closed(config: Closed):
    return config.known


@dg.op
def held(config: Holder):
    return [config.inner.model_dump(), config.more]


@dg.job
def j():
    opened()
    closed()
    held()


result = j.execute_in_process(
    {
        "ops": {
            "opened": {"config": {"a": [1, {"b": 2}], "known": 3}},
            "held": {"config": {"inner": {"z": "y"}, "more": {"k": [1]}}},
        }
    }
)
see("opened", result.output_for_node("opened"))
see("held", result.output_for_node("held"))
see("attribute", Open(extra=5).extra)
with fails("closed"):
    j.execute_in_process({"ops": {"closed": {"config": {"a": 1}}}})
with fails("known is checked"):
    j.execute_in_process({"ops": {"opened": {"config": {"known": "x"}}}})
with fails("frozen"):
    Open(known=1).known = 2
see("defaults", j.execute_in_process().output_for_node("held"))
