import dagster as dg
from observe import fails, see

# Making an op without decorator syntax.

made = dg.op(name="made")(lambda x: x + 1)
see("name", made.name)
see("ins", list(made.ins))
see("called", made(1))
with fails("lambda without a name"):
    anonymous = dg.op(lambda: 1)
    see("anonymous", anonymous.name)


class Call:
    def __call__(self):
        return 1


with fails("callable object"):
    dg.op(name="obj")(Call())
