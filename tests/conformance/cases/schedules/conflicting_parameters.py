import dagster as dg
from observe import fails

# Parameters that say the same thing.


@dg.op
def one(): ...


@dg.job
def j():
    one()


def fn(context):
    return {}


for label, said in {
    "tags twice": {"tags": {"a": "1"}, "tags_fn": fn},
    "empty tags": {"tags": {}, "tags_fn": fn},
    "execution and config": {"execution_fn": fn, "run_config": {"a": 1}},
    "execution and config function": {"execution_fn": fn, "run_config_fn": fn},
    "execution and tags function": {"execution_fn": fn, "tags_fn": fn},
    "execution and should execute": {"execution_fn": fn, "should_execute": fn},
    "execution and tags": {"execution_fn": fn, "tags": {"a": "1"}},
    "status is text": {"default_status": "RUNNING"},
    "owner": {"owners": ["me"]},
    "good owner": {"owners": ["team:a", "a@b.com"]},
}.items():
    with fails(label):
        dg.ScheduleDefinition("s", cron_schedule="@daily", job=j, **said)
