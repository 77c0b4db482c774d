import dagster as dg
from observe import fails, ran, see

# Types between ops that do not agree, Any between them, defaults, None.


@dg.op
def text() -> str:
    return "a"


@dg.op
def anything():
    return "a"


@dg.op
def takes_int(x: int) -> int:
    return x


@dg.op
def takes_optional(x: int | None = None) -> str | None:
    return None if x is None else str(x)


@dg.op(out=dg.Out(list[dict[str, int]]))
def rows():
    return [{"a": 1}, {"b": "x"}]


with fails("declared mismatch"):

    @dg.job
    def mismatch():
        takes_int(text())

    mismatch.execute_in_process()


@dg.job
def late():
    takes_int(anything())


result = late.execute_in_process(raise_on_error=False)
ran("late", result)
with fails("late raised"):
    late.execute_in_process()


@dg.job
def defaults():
    takes_optional()


see("default", defaults.execute_in_process().output_for_node("takes_optional"))
see(
    "default replaced",
    defaults.execute_in_process({"ops": {"takes_optional": {"inputs": {"x": 5}}}}).output_for_node("takes_optional"),
)


@dg.job
def bad_rows():
    rows()


ran("rows", bad_rows.execute_in_process(raise_on_error=False))
with fails("error of a check"):
    bad_rows.execute_in_process()
