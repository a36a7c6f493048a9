"""Benchmarks: how fast it is, how much memory it takes, and that the answer was right. Run by `python3 dev.py bench`.

Every other module here is one benchmark. It has:

    SAYS: str                              what is measured, in a line
    def figures() -> Iterator[Figure]      measures; raises AssertionError when an answer is wrong

Each runs in a process of its own, so that what one has loaded neither helps nor burdens the next.
"""
