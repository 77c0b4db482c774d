import dagster as dg
from observe import fails, ran, see


class Inner(dg.IOManager):
    def __init__(self, p):
        self.p = p

    def handle_output(self, context, obj):
        context.log.info(self.p)
        context.add_output_metadata({"p": self.p})

    def load_input(self, context):
        return self.p


class Cfg(dg.ConfigurableResource):
    pre: str


class Fac(dg.ConfigurableIOManagerFactory):
    cfg: Cfg
    p: str

    def create_io_manager(self, context) -> Inner:
        return Inner(self.cfg.pre + self.p)


@dg.asset
def a():
    return 1


@dg.asset
def b(a):
    return a


r = dg.materialize([a, b], resources={"io_manager": Fac(cfg=Cfg(pre="x"), p="y")})
see("b", r.output_for_node("b"))
see(
    "md",
    [
        dict(m.metadata)
        for m in r.get_asset_materialization_events()
        and [e.materialization for e in r.get_asset_materialization_events()]
    ],
)
late = Fac.configure_at_launch(cfg=Cfg(pre="l"))
r = dg.materialize(
    [a, b], resources={"io_manager": late}, run_config={"resources": {"io_manager": {"config": {"p": "ate"}}}}
)
see("late", r.output_for_node("b"))
with fails("missing"):
    dg.materialize([a, b], resources={"io_manager": late})


class NotIO(dg.ConfigurableIOManagerFactory):
    def create_io_manager(self, context):
        return 3


with fails("not io"):
    dg.materialize([a, b], resources={"io_manager": NotIO()})
ran("not io run", dg.materialize([a, b], resources={"io_manager": NotIO()}, raise_on_error=False) if False else r)
with fails("plain obj as io"):
    dg.materialize([a, b], resources={"io_manager": Inner("q")})
with fails("int as io"):
    dg.materialize([a, b], resources={"io_manager": 5})
