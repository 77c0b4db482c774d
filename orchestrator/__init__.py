"""A CLI-first orchestrator for data assets.

Importing this package loads nothing else: every public name is fetched from its module when first used. The table below
and the imports for type checkers say the same; a test compares them.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from orchestrator.definitions.assets import AssetsDefinition as AssetsDefinition
