import dagster as dg
from observe import fails, see

from typing import Optional
from pydantic import Field, PrivateAttr


class Conn(dg.ConfigurableResource):
    user: str
    port: int = Field(default=5432, description="p")
    opts: Optional[dict] = None
    _c: int = PrivateAttr(default=0)

    def connect(self):
        return f"{self.user}:{self.port}"


@dg.asset
def a(conn: Conn):
    return conn.connect()


r = dg.materialize([a], resources={"conn": Conn(user="u")})
see("a", r.output_for_node("a"))
with fails("missing"):
    dg.materialize([a])
with fails("bad type"):
    Conn(user=3)
with fails("missing field"):
    Conn()
with fails("extra"):
    Conn(user="u", nope=1)
with fails("config at launch"):
    dg.materialize([a], resources={"conn": Conn.configure_at_launch()})
r = dg.materialize(
    [a],
    resources={"conn": Conn.configure_at_launch()},
    run_config={"resources": {"conn": {"config": {"user": "z", "port": 1}}}},
)
see("launched", r.output_for_node("a"))
r = dg.materialize(
    [a], resources={"conn": Conn(user="u")}, run_config={"resources": {"conn": {"config": {"user": "over", "port": 2}}}}
)
see("override", r.output_for_node("a"))
with fails("part"):
    dg.materialize([a], resources={"conn": Conn(user="u")}, run_config={"resources": {"conn": {"config": {"port": 2}}}})
with fails("wrong class"):
    dg.materialize([a], resources={"conn": 3})
see("direct", a(conn=Conn(user="d")))
c = Conn(user="x")
with fails("immutable"):
    c.port = 3
see("dump", c.model_dump())
see("equal", [Conn(user="x") == c, hash(c) is not None] if False else Conn(user="x") == c)
with fails("run cfg wrong"):
    dg.materialize(
        [a], resources={"conn": Conn(user="u")}, run_config={"resources": {"conn": {"config": {"port": "p"}}}}
    )
with fails("run cfg unknown field"):
    dg.materialize(
        [a], resources={"conn": Conn(user="u")}, run_config={"resources": {"conn": {"config": {"zzz": "p"}}}}
    )
with fails("positional"):
    Conn("u")
