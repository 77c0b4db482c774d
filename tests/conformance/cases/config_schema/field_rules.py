import dagster as dg
from observe import fails, see

# How fields may be declared.

see("plain", [dg.Field(int).is_required, dg.Field(int).default_provided])
see("default", [dg.Field(int, default_value=3).is_required, dg.Field(int, default_value=3).default_value])
see("described", dg.Field(int, description="d").description)
see("optional", [dg.Field(int, is_required=False).is_required, dg.Field(int, is_required=False).default_provided])
with fails("default of a wrong type"):
    dg.Field(int, default_value="x")
with fails("required with a default"):
    dg.Field(int, is_required=True, default_value=3)
with fails("no default when asked"):
    dg.Field(int).default_value
with fails("a class"):
    dg.Field(object)
with fails("two types in a list"):
    dg.Field([int, str])
with fails("an empty list"):
    dg.Field([])
with fails("a list of a list"):
    dg.Field([[int]])
with fails("a tuple"):
    dg.Field((int,))
with fails("an instance"):
    dg.Field(3)


class C(dg.Config):
    a: int = 1
    b: str


@dg.op(config_schema=C.to_config_schema())
def of_class(context):
    return context.op_config


see("schema of a class", of_class(dg.build_op_context(op_config={"b": "x"})))
with fails("set"):
    dg.Field({int})
with fails("noneable of a noneable"):
    dg.Field(dg.Noneable(dg.Noneable(int)))
with fails("list of python"):
    dg.Field(list)
with fails("typing list"):
    import typing

    dg.Field(typing.List[int])
with fails("dict of python"):
    dg.Field(dict)
with fails("shape default"):
    see(
        "shape default value",
        dg.Field({"a": dg.Field(int, default_value=2), "b": dg.Field(str, is_required=False)}).default_value,
    )
with fails("map of a wrong key"):
    dg.Map(dict, int)
with fails("selector default"):
    see("selector required", dg.Field(dg.Selector({"a": dg.Field(int, default_value=1)})).is_required)
