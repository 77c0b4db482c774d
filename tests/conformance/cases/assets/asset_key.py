import dagster as dg
from observe import fails, see

# How keys are made, compared and written.

DIFFERS = {
    "from slash": "a key has no part that holds `/`, in both modes",
    "from coercible string": "a key has no part that holds `/`, in both modes",
}

see("from string", dg.AssetKey("a").path)
see("from list", dg.AssetKey(["a", "b"]).path)
see("from slash", dg.AssetKey("a/b").path)
see("from tuple", dg.AssetKey(("a", "b")).path)
see("user string", dg.AssetKey(["a", "b"]).to_user_string())
see("python identifier", dg.AssetKey(["a", "b-c"]).to_python_identifier())
see("to string", dg.AssetKey(["a", "b"]).to_string())
see("from user string", dg.AssetKey.from_user_string("a/b").path)
see("from coercible string", dg.AssetKey.from_coercible("a/b").path)
see("from coercible list", dg.AssetKey.from_coercible(["a", "b"]).path)
see("from coercible tuple", dg.AssetKey.from_coercible(("a", "b")).path)
see("with prefix", dg.AssetKey("c").with_prefix("p").path)
see("with long prefix", dg.AssetKey("c").with_prefix(["p", "q"]).path)
see("has prefix", [dg.AssetKey(["a", "b"]).has_prefix(["a"]), dg.AssetKey(["a", "b"]).has_prefix(["b"])])
see("equal", dg.AssetKey("a") == dg.AssetKey(["a"]))
see("hash", len({dg.AssetKey("a"), dg.AssetKey(["a"]), dg.AssetKey(["a", "b"])}))
see("sorted", sorted([dg.AssetKey("b"), dg.AssetKey(["a", "z"]), dg.AssetKey("a")]))
see("parts", dg.AssetKey(["a", "b"]).parts)
see("str", str(dg.AssetKey(["a", "b"])))
see("repr", repr(dg.AssetKey(["a", "b"])))
with fails("identifier with a suffix"):
    see("with a suffix", dg.AssetKey(["a", "b"]).to_python_identifier("x"))
with fails("number"):
    dg.AssetKey(3)
with fails("none"):
    dg.AssetKey(None)
with fails("coercible number"):
    dg.AssetKey.from_coercible(3)
with fails("coercible asset"):
    dg.AssetKey.from_coercible(dg.AssetSpec("x"))
with fails("list of numbers"):
    dg.AssetKey([1, 2])
