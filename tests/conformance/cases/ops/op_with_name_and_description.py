import dagster as dg
from observe import see

# Name, description, tags and code version given to the decorator.


@dg.op(name="other", description="said here", tags={"a": "b"}, code_version="3")
def greet():
    "Not this."
    return 1


see("name", greet.name)
see("description", greet.description)
see("tags", greet.tags)
see("version", greet.version)
