import dagster as dg
from observe import see

# What an op says about itself.


class Setup(dg.Config):
    level: int = 1


@dg.op(
    name="renamed",
    description="told",
    ins={"a": dg.In(int, description="an input", default_value=3), "b": dg.In(dg.Nothing)},
    out={"x": dg.Out(str, description="an output", is_required=False), "y": dg.Out(metadata={"k": 1})},
    tags={"a": "b"},
    required_resource_keys={"db"},
    code_version="3",
    retry_policy=dg.RetryPolicy(max_retries=4),
    pool="p",
)
def original(context, a, config: Setup):
    """Not this."""


see("name", [original.name, original.description])
see("ins", {name: [i.dagster_type.display_name, i.description] for name, i in original.ins.items()})
see("default", original.ins["a"].default_value)
see("outs", {name: [o.dagster_type.display_name, o.description, o.is_required] for name, o in original.outs.items()})
see("metadata", original.outs["y"].metadata)
see("tags", original.tags)
see("resources", original.required_resource_keys)
see("version", original.version)
see("policy", original.retry_policy.max_retries)
see("pool", original.pool)
see("input defs", [[i.name, i.dagster_type.display_name, i.has_default_value] for i in original.input_defs])
see("output defs", [[o.name, o.dagster_type.display_name, o.is_required, o.is_dynamic] for o in original.output_defs])
see("dicts", [sorted(original.input_dict), sorted(original.output_dict)])
see("has", [original.has_input("a"), original.has_input("z"), original.has_output("x")])
see("names by type", [type(original).__name__, original.node_type_str])
see("config", original.has_config_field if hasattr(original, "has_config_field") else "none")
