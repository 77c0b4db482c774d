import dagster as dg
from observe import fails, see

# Which owners an asset may have.

see("owners", list(dg.asset(name="a", owners=["me@x.org", "team:bakers"])(lambda: 1).specs)[0].owners)
for label, owners in {
    "plain": ["bakers"],
    "empty team": ["team:"],
    "team with dash": ["team:a-b"],
    "team with space": ["team:a b"],
    "mail without dot": ["a@b"],
    "twice": ["team:a", "team:a"],
    "string": "team:a",
    "number": [1],
    "hangul": ["team:빵"],
    "tuple": ("team:a",),
    "empty": [],
}.items():
    with fails(label):
        see(f"owners of {label}", list(dg.asset(name="n", owners=owners)(lambda: 1).specs)[0].owners)
