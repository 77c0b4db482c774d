import dagster as dg
from observe import see

# What the error of a wrong config lists.


class Inner(dg.Config):
    a: int
    b: str


@dg.op(config_schema={"n": int, "inner": {"x": bool, "y": dg.Field(str, is_required=False)}, "names": [str]})
def old(context):
    return context.op_config


@dg.op
def new(config: Inner):
    return config.a


@dg.job
def j():
    old()
    new()


def errors(label, config):
    try:
        dg.validate_run_config(j, config)
    except dg.DagsterInvalidConfigError as error:
        see(
            label,
            sorted(
                [e.reason.value, [getattr(p, "field_name", getattr(p, "list_index", None)) for p in e.stack.entries]]
                for e in error.errors
            ),
        )
    else:
        see(label, "valid")


good = {"n": 1, "inner": {"x": True}, "names": ["a"]}
errors("valid", {"ops": {"old": {"config": good}, "new": {"config": {"a": 1, "b": "x"}}}})
errors("nothing", {})
errors("no config", {"ops": {"old": {}, "new": {}}})
errors(
    "types",
    {
        "ops": {
            "old": {"config": {"n": "1", "inner": {"x": 1}, "names": [1, "b", 2]}},
            "new": {"config": {"a": "x", "b": 1}},
        }
    },
)
errors(
    "unknown",
    {"ops": {"old": {"config": {**good, "z": 1}}, "new": {"config": {"a": 1, "b": "x", "c": 1}}, "third": {}}},
)
errors("unknown section", {"ops": {"old": {"config": good}, "new": {"config": {"a": 1, "b": "x"}}}, "solid": {}})
errors("not a dict", {"ops": {"old": {"config": 5}, "new": {"config": [1]}}})
errors("not a list", {"ops": {"old": {"config": {**good, "names": "a"}}, "new": {"config": {"a": 1, "b": "x"}}}})
errors("null", {"ops": {"old": {"config": {**good, "n": None}}, "new": {"config": {"a": None, "b": "x"}}}})
