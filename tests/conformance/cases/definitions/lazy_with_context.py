import dagster as dg
from observe import fails

# A function that makes Definitions and asks for a context.

DIFFERS = {
    "called without the context": "components are not served",
    "ended": "components are not served",
}


@dg.definitions
def with_context(context: dg.ComponentLoadContext):
    return dg.Definitions()


with fails("called without the context"):
    with_context()
