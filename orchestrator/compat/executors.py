"""The executors that Dagster's users name. Until orch runs steps in parallel, each runs them one at a time."""

from orchestrator.definitions.executors import ExecutorDefinition

multiprocess_executor = ExecutorDefinition("multiprocess")
multi_or_in_process_executor = ExecutorDefinition("multi_or_in_process_executor")
