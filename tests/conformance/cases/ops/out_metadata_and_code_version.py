import dagster as dg
from observe import see

# What Out keeps.

DIFFERS = {
    "default type": "an Out without a type says Any; Dagster shows a class of its insides",
}

out = dg.Out(int, description="d", is_required=False, io_manager_key="k", metadata={"a": 1}, code_version="7")
see("description", out.description)
see("required", out.is_required)
see("io", out.io_manager_key)
see("metadata", out.metadata)
see("code version", out.code_version)
see("default required", dg.Out().is_required)
see("default io", dg.Out().io_manager_key)
see(
    "default type",
    dg.Out().dagster_type.__name__
    if isinstance(dg.Out().dagster_type, type)
    else str(type(dg.Out().dagster_type).__name__),
)
