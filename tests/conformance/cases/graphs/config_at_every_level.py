import dagster as dg
from observe import fails, see

# Config of nested graphs: by run config, by a mapping, by configured graphs and ops.


DIFFERS = {"config of fixed": "config for an op whose config is fixed is a mistake, it is not dropped"}


@dg.op(config_schema={"n": int})
def leaf(context):
    return context.op_config["n"]


fixed = leaf.configured({"n": 7}, name="fixed")


@dg.configured(leaf, config_schema={"half": int})
def doubled(config):
    return {"n": config["half"] * 2}


@dg.graph
def inner():
    leaf()
    fixed()
    return doubled()


@dg.config_mapping(config_schema={"base": int})
def mapped(value):
    return {"leaf": {"config": {"n": value["base"]}}, "doubled": {"config": {"half": value["base"] + 1}}}


@dg.graph(config=mapped)
def with_mapping():
    leaf()
    return doubled()


preset = with_mapping.configured({"base": 40}, name="preset") if hasattr(with_mapping, "configured") else None


@dg.job
def j():
    inner()
    with_mapping()
    preset()


result = j.execute_in_process(
    {
        "ops": {
            "inner": {"ops": {"leaf": {"config": {"n": 1}}, "doubled": {"config": {"half": 2}}}},
            "with_mapping": {"config": {"base": 10}},
        }
    }
)
see(
    "values",
    [
        result.output_for_node(n)
        for n in (
            "inner.leaf",
            "inner.fixed",
            "inner.doubled",
            "with_mapping.leaf",
            "with_mapping.doubled",
            "preset.leaf",
            "preset.doubled",
        )
    ],
)
with fails("config of fixed"):
    j.execute_in_process(
        {
            "ops": {
                "inner": {
                    "ops": {
                        "leaf": {"config": {"n": 1}},
                        "fixed": {"config": {"n": 1}},
                        "doubled": {"config": {"half": 2}},
                    }
                },
                "with_mapping": {"config": {"base": 10}},
            }
        }
    )
with fails("graph without its config"):
    j.execute_in_process(
        {"ops": {"inner": {"ops": {"leaf": {"config": {"n": 1}}, "doubled": {"config": {"half": 2}}}}}}
    )
with fails("config of a graph that has none"):
    j.execute_in_process({"ops": {"inner": {"config": {}}, "with_mapping": {"config": {"base": 10}}}})
with fails("wrong fixed config"):
    leaf.configured({"n": "x"}, name="wrong").configured({}, name="again")
see("names", [fixed.name, doubled.name, preset.name])
