import dagster as dg
from observe import fails, see

# Variable arguments of an op function.

with fails("star args"):

    @dg.op
    def star(*args):
        return args


with fails("star kwargs"):

    @dg.op
    def stars(**kwargs):
        return kwargs


with fails("keyword only"):

    @dg.op
    def keyword(*, a):
        return a

    see("keyword ins", list(keyword.ins))

with fails("positional only"):

    @dg.op
    def positional(a, /):
        return a
