"""Dagster's public names, each served by what is native: `from orchestrator.compat.dagster import DagsterInstance`.

A name is looked up when it is first used. One that is not served raises and says why.
"""

import dis
import sys
from typing import Any

from orchestrator.compat.inventory import read_inventory
from orchestrator.compat.names import UnservedNameError, explain, find, served_names

#: The version of Dagster whose API is spoken.
__version__ = read_inventory().version

__all__ = sorted(served_names())  # noqa: PLE0605  the tables know

_IMPORT_FROM = dis.opmap["IMPORT_FROM"]


def serve(name: str, module: str = __name__) -> Any:
    """The value of a public name of Dagster.

    Args:
        name: the name.
        module: the module it is asked from, for the message.

    Raises:
        UnservedNameError: it is not served, and a `from module import name` asks for it.
        AttributeError: it is not served.
    """
    found, value = find(name, module)
    if found:
        return value
    message = explain(name, module)
    # `from dagster import X` hides an AttributeError behind a message of its own; `hasattr` must get one
    frame = sys._getframe(2)  # noqa: SLF001  the only way to know who asks
    code = frame.f_code.co_code
    if frame.f_lasti >= 0 and code[frame.f_lasti] == _IMPORT_FROM:
        raise UnservedNameError(message, name=module)
    raise AttributeError(message)


def __getattr__(name: str) -> Any:
    value = serve(name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
