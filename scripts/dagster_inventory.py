"""Write down the public names of an installed Dagster: facts only, no text of theirs.

Run with the interpreter of a Dagster environment; prints JSON for `orchestrator/compat/inventory.json`:

    python scripts/dagster_inventory.py > orchestrator/compat/inventory.json
"""

import inspect
import json
import pkgutil
import sys
import warnings
from types import ModuleType
from typing import Any

import dagster
import dagster._check
import dagster._core.errors
from dagster import DagsterError

#: What the package's namespace holds by accident of how it is written.
ACCIDENTS = frozenset(
    {"Final", "TYPE_CHECKING", "TypingAny", "TypingTuple", "Callable", "Mapping", "Sequence", "SensorReturnTypesUnion"}
)


def main() -> None:
    """Print the inventory."""
    warnings.simplefilter("ignore")
    names = {name: getattr(dagster, name) for name in dir(dagster) if not name.startswith("_")}
    names = {name: value for name, value in names.items() if not isinstance(value, ModuleType)}
    inventory = {
        "version": dagster.__version__,
        "names": {name: entry(value) for name, value in sorted(names.items()) if name not in ACCIDENTS},
        "errors": dict(sorted(errors().items())),
        "modules": sorted(modules()),
    }
    sys.stdout.write(render(inventory))


def render(inventory: dict[str, Any]) -> str:
    """JSON with one line per name, so that a change is one line too."""
    parts = [f' "version": {json.dumps(inventory["version"])}']
    for section in ("names", "errors"):
        lines = [f"  {json.dumps(name)}: {json.dumps(facts)}" for name, facts in inventory[section].items()]
        parts.append(f' "{section}": {{\n' + ",\n".join(lines) + "\n }")
    parts.append(' "modules": [\n' + ",\n".join(f"  {json.dumps(name)}" for name in inventory["modules"]) + "\n ]")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def entry(value: Any) -> dict[str, Any]:
    """Kind, home and parameters of one public name."""
    if isinstance(value, type):
        kind = "class"
    elif inspect.isfunction(value):
        kind = "function"
    else:
        kind = "constant"
    found: dict[str, Any] = {"kind": kind}
    if kind != "constant":
        found["module"] = value.__module__
        found["parameters"] = parameters(value)
    return found


def parameters(value: Any) -> list[str]:
    """The names of the parameters, as written in a signature."""
    marks = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):
        return []
    return [marks.get(one.kind, "") + one.name for one in signature.parameters.values()]


def errors() -> dict[str, list[str]]:
    """Every error class of Dagster with the names of its bases."""
    found: dict[str, list[str]] = {}
    roots = [DagsterError, dagster._check.CheckError, dagster.DagsterExecutionInterruptedError]  # noqa: SLF001
    stack: list[type] = [*roots, dagster.Failure, dagster.RetryRequested]
    while stack:
        cls = stack.pop()
        found.setdefault(cls.__name__, [base.__name__ for base in cls.__bases__])
        stack += cls.__subclasses__()
    return found


def modules() -> set[str]:
    """The names of all modules a program can import, without importing them all."""
    names = {"dagster"}
    stack = [("dagster", list(dagster.__path__))]
    while stack:
        prefix, path = stack.pop()
        for found in pkgutil.iter_modules(path):
            name = f"{prefix}.{found.name}"
            if "_tests" in name or found.name == "__main__":
                continue
            names.add(name)
            if found.ispkg:
                stack.append((name, [f"{folder}/{found.name}" for folder in path]))
    return names


if __name__ == "__main__":
    main()
