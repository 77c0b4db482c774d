import dagster as dg
import os

from observe import fails, see

# Environment variables are read when a run starts.


class Conn(dg.Config):
    host: str
    port: int = 1


class Db(dg.ConfigurableResource):
    host: str
    port: int = 5

    def url(self):
        return f"{self.host}:{self.port}"


@dg.op(
    config_schema={"host": dg.StringSource, "port": dg.IntSource, "tls": dg.Field(dg.BoolSource, default_value=False)}
)
def old(context):
    return context.op_config


@dg.op
def new(config: Conn, db: Db):
    return [config.host, config.port, db.url()]


@dg.job(resource_defs={"db": Db(host=dg.EnvVar("MY_HOST"), port=dg.EnvVar.int("MY_PORT"))})
def j():
    new()


@dg.job
def k():
    old()


with fails("not set"):
    j.execute_in_process({"ops": {"new": {"config": {"host": "h"}}}})
os.environ["MY_HOST"] = "there"
os.environ["MY_PORT"] = "8080"
see(
    "set",
    j.execute_in_process(
        {"ops": {"new": {"config": {"host": {"env": "MY_HOST"}, "port": {"env": "MY_PORT"}}}}}
    ).output_for_node("new"),
)
see(
    "objects",
    j.execute_in_process(
        dg.RunConfig(ops={"new": Conn(host=dg.EnvVar("MY_HOST"), port=dg.EnvVar.int("MY_PORT"))})
    ).output_for_node("new"),
)
os.environ["MY_PORT"] = "not a number"
with fails("no number"):
    j.execute_in_process({"ops": {"new": {"config": {"host": "h"}}}})
os.environ["MY_TLS"] = "true"
os.environ["MY_PORT"] = "17"
see(
    "old",
    k.execute_in_process(
        {"ops": {"old": {"config": {"host": {"env": "MY_HOST"}, "port": {"env": "MY_PORT"}, "tls": {"env": "MY_TLS"}}}}}
    ).output_for_node("old"),
)
with fails("old not set"):
    k.execute_in_process({"ops": {"old": {"config": {"host": {"env": "NOT_THERE_AT_ALL"}, "port": 1}}}})
see(
    "env var",
    [
        dg.EnvVar("MY_HOST").get_value(),
        dg.EnvVar("NOT_THERE").get_value("d"),
        dg.EnvVar.int("MY_PORT").get_value(),
        dg.EnvVar("MY_HOST").env_var_name,
    ],
)
see("of a resource", Db(host=dg.EnvVar("MY_HOST"), port=1).host == "there")
