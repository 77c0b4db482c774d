import dagster as dg
from observe import fails

# A function that makes Definitions and asks for a context.


@dg.definitions
def with_context(context: dg.ComponentLoadContext):
    return dg.Definitions()


with fails("called without the context"):
    with_context()
