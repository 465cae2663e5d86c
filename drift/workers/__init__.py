"""Where pure work is done: in this process, or in others beside it, behind one seam, `concurrent.futures.Executor`.

`in_process` and `pool` are what there is; `recovering` is a wrapper for what may end before it should; `shared` hands a
value to every worker once, and `backlog` bounds what is under way.
"""
