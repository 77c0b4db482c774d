import dagster as dg
from observe import see

from pydantic import PrivateAttr

# State kept in private attributes between setup and use.


class Counter(dg.ConfigurableResource):
    start: int
    _now: int = PrivateAttr(default=0)

    def setup_for_execution(self, context):
        self._now = self.start

    def next(self):
        self._now += 1
        return self._now


@dg.asset
def a(counter: Counter):
    return [counter.next(), counter.next()]


@dg.asset
def b(a, counter: Counter):
    return counter.next()


result = dg.materialize([a, b], resources={"counter": Counter(start=10)})
see("values", [result.output_for_node("a"), result.output_for_node("b")])
