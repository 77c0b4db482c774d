"""The same graph of trivial assets for orch and for Dagster."""

from pathlib import Path

SHAPES = ("chain", "fan", "layered")
_LAYER = 10


def upstream(shape: str, number: int, width: int = _LAYER) -> list[int]:
    """Which assets the asset with this number loads.

    `chain`: the one before. `fan`: all load the first. `layered`: layers of ten, or of `width`, each asset
    loads two of the layer above.
    """
    if number == 0:
        return []
    if shape == "chain":
        return [number - 1]
    if shape == "fan":
        return [0]
    if number < width:
        return []
    above = (number // width - 1) * width
    return sorted({above + number % width, above + (number + 1) % width})


def write_project(folder: Path, package: str, shape: str, count: int) -> Path:
    """Write `definitions.py` for a package (`orchestrator` or `dagster`); Dagster runs in process too."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"import {package} as dg", ""]
    for number in range(count):
        names = [f"a{before}" for before in upstream(shape, number)]
        lines += [
            "@dg.asset",
            f"def a{number}({', '.join(names)}):",
            f"    return {' + '.join([*names, '1'])} & 255",
            "",
        ]
    assets = ", ".join(f"a{number}" for number in range(count))
    lines.append(f"defs = dg.Definitions(assets=[{assets}], executor=dg.in_process_executor)")
    path = folder / "definitions.py"
    path.write_text("\n".join(lines) + "\n")
    return path
