import dagster as dg
from observe import see

# Selections compare and simplify.

S = dg.AssetSelection
see("same", S.assets("a") == S.assets("a"))
see("order", S.assets("a", "b") == S.assets("b", "a"))
see("groups", S.groups("g") == S.groups("g"))
see("different", S.groups("g") == S.groups("h"))
see("from string", S.from_string("group:g") == S.groups("g"))
see("union order", (S.groups("g") | S.groups("h")) == (S.groups("h") | S.groups("g")))
see("in a list", S.groups("g") in [S.groups("g")])
