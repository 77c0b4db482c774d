import dagster as dg
from observe import ran, see

# An asset of a function alone: key, step, group, default attributes.


@dg.asset
def grain():
    """Raw grain."""
    return 3


see("key", grain.key)
see("keys", grain.keys)
see("op name", grain.op.name)
see("group", grain.group_names_by_key)
see("descriptions", grain.descriptions_by_key)
see("is executable", grain.is_executable)
see("is materializable", grain.is_materializable)
see("can subset", grain.can_subset)
see("partitions", grain.partitions_def)
see("resources", grain.required_resource_keys)
see("called", grain())
ran("run", dg.materialize([grain]))
