import dagster as dg
from observe import see

# The exception raised is the user's own object.


class Mine(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


@dg.op
def bad():
    raise Mine(7)


@dg.job
def j():
    bad()


try:
    j.execute_in_process()
except Mine as error:
    see("code", error.code)
    see("cause", error.__cause__)
