"""The one way up: methods of definitions that run something fetch it from the layer that can, when they are called.

`job.execute_in_process()` is part of the public API of a definition, and running stands above definitions. See
docs/decisions/0006-one-computation-model.md.
"""

import importlib
from typing import Any


def fetch(module: str, name: str) -> Any:
    """What is called `name` in `orchestrator.<module>`."""
    return getattr(importlib.import_module(f"orchestrator.{module}"), name)
