import dagster as dg
from observe import fails, see

# What a repository may not return.


@dg.op
def one(): ...


@dg.job
def j():
    one()


@dg.job(name="j")
def same_name():
    one.alias("x")()


for label, content in {
    "number": 3,
    "list of numbers": [3],
    "op": [one],
    "duplicate": [j, same_name],
    "none": None,
    "empty": [],
    "dict of jobs": {"jobs": {"j": j}},
    "dict with wrong key": {"things": {}},
}.items():
    with fails(label):
        repo = dg.repository(name="repo")(lambda content=content: content)
        see(f"jobs of {label}", sorted(job.name for job in repo.get_all_jobs()))
