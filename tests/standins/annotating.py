"""A program that annotates, as the settings would name one: `python annotating.py FAULT`.

Without a fault it answers as a careful reader would (see `model_standin`).
"""

from __future__ import annotations

import json
import sys
import time

from model_standin import stated

FOREVER = 3_600


def main(fault: str) -> int:
    if fault == "no answer":
        return 0
    if fault == "crash":
        print("Traceback (most recent call last):", file=sys.stderr)
        print("ValueError: no \x1b[31mmodel\x1b[0m is loaded", file=sys.stderr)
        return 3
    if fault == "slow":
        time.sleep(FOREVER)
    while fault == "endless":
        sys.stdout.write(" " * 10_000)
    while fault == "rubbish":
        print("loading...")
    for line in sys.stdin:
        question = json.loads(line)
        answer = {"id": question["id"], "rule": stated(question["user"]), "p": 0.9, "why": "it says so", "tokens": 560}
        if fault == "another question":
            answer["id"] = "q-of-somebody-else"
        elif fault == "twice":
            print(json.dumps(answer))
            answer |= {"rule": None, "why": "the second thought"}
        elif fault.startswith("{"):
            answer |= json.loads(fault)
        texts = {"malformed": "{rule: 1}", "truncated": json.dumps(answer)[:-9], "prose": "I cannot say.", "empty": ""}
        print(texts.get(fault, json.dumps(answer)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:] or [""]))
