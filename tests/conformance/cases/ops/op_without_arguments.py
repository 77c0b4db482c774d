import dagster as dg
from observe import see

# The bare decorator gives an op named after the function, with one output called result.


@dg.op
def greet():
    "Say hello."
    return "hello"


see("type", isinstance(greet, dg.OpDefinition))
see("name", greet.name)
see("description", greet.description)
see("outs", list(greet.outs))
see("ins", list(greet.ins))
see("called", greet())
