import dagster as dg
from observe import see

# The docstring describes the asset unless description says otherwise.


@dg.asset
def lined():
    """
    First line.

        Indented line.
    Last line.
    """


@dg.asset(description="explicit")
def both():
    """Docstring."""


@dg.asset
def neither(): ...


see("lined", lined.descriptions_by_key)
see("both", both.descriptions_by_key)
see("neither", neither.descriptions_by_key)
see("spec", [list(a.specs)[0].description for a in (lined, both, neither)])
