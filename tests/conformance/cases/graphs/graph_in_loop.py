import dagster as dg
from observe import see

# A composition may use loops, lists and conditions.


@dg.op
def one():
    return 1


@dg.op
def total(xs):
    return sum(xs)


def make(count):
    @dg.graph(name=f"sum_{count}")
    def g():
        handles = [one.alias(f"one_{i}")() for i in range(count)]
        if count > 1:
            return total(handles)
        return handles[0]

    return g


see("three", make(3).execute_in_process().output_value())
see("one", make(1).execute_in_process().output_value())
