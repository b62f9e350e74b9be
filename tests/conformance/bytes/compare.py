"""Holds our requests against those that the official SDKs sent to the recorder. Started by run.py.

    python compare.py RECORDED OURS [--write-allowed]

`allowed.json` lists every difference by operation and SDK, with the name of its reason; `*` in place of the operation
stands for all of them. `silent` has the operations for which an SDK sends nothing.

These fail the run: a difference that is not listed; one that is listed and no longer there; a reason that is not
explained, or not used; an operation that `src/guide/operations.tsv` has for an SDK without a call here.
"""

import collections
import json
import os
import sys

from canonical import Canonical, differences

HERE = os.path.dirname(os.path.abspath(__file__))
ALLOWED = os.path.join(HERE, "allowed.json")
TABLE = os.path.join(HERE, "..", "..", "..", "src", "guide", "operations.tsv")
SDKS = ["python", "javascript"]
EVERYWHERE = "*"
NO_REASON = "?"


def read(path):
    with open(path, encoding="utf-8") as source:
        return json.load(source)


def closest(ours, recorded):
    """Of several requests the one that is ours, if there is one."""
    theirs = [Canonical(request) for request in recorded]
    same = [request for request in theirs if request.form == ours.form]
    return (same or theirs)[0]


def compare(ours, full, least):
    """The differences of both calls. Those without options are told only where they are others."""
    found = []
    for title, own, recorded in (("", ours["full"], full), ("without options: ", ours["least"], least)):
        if own is None:
            continue
        own = Canonical(own)
        lines = differences(own, closest(own, recorded))
        if len(recorded) > 1:
            lines.append("requests: ours 1, theirs %d" % len(recorded))
        found += [title + line for line in lines if line not in found]
    return found


def missing_calls(calls, silent):
    """Operations that the table has for an SDK and of which no call is here, unless the SDK sends nothing for them."""
    with open(TABLE, encoding="utf-8") as table:
        for line in table:
            if line.startswith("#"):
                continue
            cells = line.rstrip("\n").split("\t")
            for name, sdk in ((cells[1], "python"), (cells[2], "javascript")):
                paths = [path for path in cells[5].split(" ") if path != "-"]
                is_called = any((sdk, path) in calls or path in silent.get(sdk, {}) for path in paths)
                if name != "–" and paths and not is_called:
                    yield "%s: %s `%s` is not called" % (cells[0], sdk, name)


def main():
    recorded, directory = read(sys.argv[1]), sys.argv[2]
    ours = {name[: -len(".json")].replace(".", "/"): read(os.path.join(directory, name)) for name in os.listdir(directory)}
    calls = {(sdk, operation): {} for sdk, operation, _, _ in recorded}
    for sdk, operation, mode, requests in recorded:
        calls[sdk, operation][mode] = requests

    listed = read(ALLOWED)
    reasons, allowed = listed["reasons"], listed["allowed"]
    wrong = list(missing_calls(calls, listed["silent"]))
    found = {}
    for (sdk, operation), modes in sorted(calls.items()):
        if operation not in ours:
            wrong.append("%s: no such operation of ours" % operation)
        elif not modes["full"] or not modes["least"]:
            wrong.append("%s: the call of the %s SDK sent nothing" % (operation, sdk))
        else:
            found[sdk, operation] = compare(ours[operation], modes["full"], modes["least"])

    used, kinds = set(), {sdk: collections.Counter() for sdk in SDKS}
    same, differing = collections.Counter(), collections.Counter()
    unlisted = []
    for (sdk, operation), lines in found.items():
        own = 0
        for line in lines:
            for place in (EVERYWHERE, operation):
                reason = allowed.get(place, {}).get(sdk, {}).get(line)
                if reason is not None:
                    used.add((place, sdk, line))
                    kinds[sdk][reason] += 1
                    own += place != EVERYWHERE
                    break
            else:
                unlisted.append((operation, sdk, line))
        (differing if own else same)[sdk] += 1
    wrong += ["not allowed: %s, %s: %s" % place for place in unlisted]
    for place, sdks in allowed.items():
        for sdk, lines in sdks.items():
            for line, reason in lines.items():
                if (place, sdk, line) not in used:
                    wrong.append("allowed, but no longer there: %s, %s: %s" % (place, sdk, line))
                if not reasons.get(reason):
                    wrong.append("without a reason: %s, %s: %s" % (place, sdk, line))
    used_reasons = {reason for counter in kinds.values() for reason in counter}
    wrong += ["the reason `%s` is not used" % reason for reason in sorted(set(reasons) - used_reasons)]

    if "--write-allowed" in sys.argv:
        write_allowed(listed, found, used)
    for sdk in SDKS:
        compared = sum(1 for name, _ in found if name == sdk)
        print("%s: %d operations compared, %d the same, %d with allowed differences" % (
            sdk, compared, same[sdk], differing[sdk]))
        print("    of ours not in that SDK: %d of %d" % (len(ours) - compared, len(ours)))
        for reason, count in kinds[sdk].most_common():
            print("    %4d  %-22s %s" % (count, reason, reasons.get(reason, "")))
    for line in wrong:
        print("WRONG  " + line)
    print("bytes: %s" % ("not as listed" if wrong else "as listed"))
    return 1 if wrong else 0


def write_allowed(listed, found, used):
    """Keeps the entries that are still there and adds new ones, whose reasons are to be filled in by hand."""
    allowed = {}
    for (sdk, operation), lines in sorted(found.items(), key=lambda item: (item[0][1], item[0][0])):
        for line in lines:
            if (EVERYWHERE, sdk, line) in used:
                place, reason = EVERYWHERE, listed["allowed"][EVERYWHERE][sdk][line]
            else:
                place = operation
                reason = listed["allowed"].get(operation, {}).get(sdk, {}).get(line, NO_REASON)
            allowed.setdefault(place, {}).setdefault(sdk, {})[line] = reason
    with open(ALLOWED, "w", encoding="utf-8") as out:
        json.dump({**listed, "allowed": allowed}, out, indent=1, ensure_ascii=False)
        out.write("\n")


if __name__ == "__main__":
    sys.exit(main())
