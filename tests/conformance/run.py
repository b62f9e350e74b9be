"""Runs the official Python SDK's own tests, unchanged, against the emulated user pool served over HTTP.

    python3 tests/conformance/run.py                     # everything, as in .ci/run
    python3 tests/conformance/run.py test_acl test_org   # some files
    python3 tests/conformance/run.py --write-expected    # take what passed into expected.json and reached.json

What it does: makes a throw-away virtual environment, installs the packages of requirements.txt into it, builds the
examples `emulator` and `custom_values`, and for every test file serves a fresh pool from seed.json on a free loopback port and runs the file
with a time limit. Then it prints a table and compares it with expected.json.

Exit status: 0 when every test is as expected.json lists it, 1 when one is not (a listed test fails, a test is missing or
new, a test listed as failing passes, the pool ends while a file runs), 2 when the run could not be made at all.

Nothing of the package is copied into this project: it stays in the environment, which is removed at the end.

Needs Python 3.11: later versions lack `unittest.TestCase.assertEquals`, which the tests call, and `lib2to3` (see
one_file.py).
"""

import argparse
import concurrent.futures
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import venv

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.dirname(os.path.dirname(HERE))
EXPECTED = os.path.join(HERE, "expected.json")
REACHED = os.path.join(HERE, "reached.json")
SEED = os.path.join(HERE, "seed.json")

# In the order of the table. The first eight are the part of the API that the crate is about.
FILES = [
    "test_users",
    "test_roles",
    "test_groups",
    "test_policies",
    "test_udf",
    "test_user_pool",
    "test_white_list",
    "test_management",
    "test_acl",
    "test_org",
    "test_applications",
    "test_principal_authentication",
    "test_audit_log",
    "rules",
    "custom_data",
]
CORE = FILES[:8]
# Written by us, through the SDK: see the heads of these files.
OURS = ["rules", "custom_data"]


class CannotRun(Exception):
    """The run could not be made: nothing was learnt about the pool."""


def python_311():
    if sys.version_info[:2] == (3, 11):
        return sys.executable
    other = shutil.which("python3.11")
    if other is None:
        raise CannotRun("needs Python 3.11 (found %d.%d): see the head of run.py" % sys.version_info[:2])
    return other


def make_environment(directory):
    """A virtual environment with the pinned packages; its interpreter is the answer."""
    if python_311() == sys.executable:
        venv.create(directory, with_pip=True)
    else:
        subprocess.run([python_311(), "-m", "venv", directory], check=True)
    interpreter = os.path.join(directory, "bin", "python")
    pip = [interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run(
        pip + ["--requirement", os.path.join(HERE, "requirements.txt")], capture_output=True, text=True
    )
    if done.returncode != 0:
        raise CannotRun("the packages of requirements.txt cannot be installed:\n" + done.stderr.strip())
    return interpreter


def build_example(example):
    """Builds an example and returns its path, as cargo tells it."""
    done = subprocess.run(
        ["cargo", "build", "--quiet", "--example", example, "--message-format=json-render-diagnostics"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode != 0:
        raise CannotRun("the example `%s` does not build" % example)
    for line in done.stdout.splitlines():
        message = json.loads(line)
        if message.get("reason") == "compiler-artifact" and message["target"]["name"] == example:
            if message.get("executable"):
                return message["executable"]
    raise CannotRun("cargo did not say where the example `%s` is" % example)


STARTED = []


def start(*args, **options):
    """A process that is ended with this one."""
    process = subprocess.Popen(*args, **options)
    STARTED.append(process)
    return process


def end_all(*_):
    for process in STARTED:
        if process.poll() is None:
            process.kill()
    # The calls in the pool of threads now come to their ends, and the work folder is removed.
    raise KeyboardInterrupt


class Served:
    """A pool served from the seed, ended when the block is left."""

    def __init__(self, binary, log):
        self.binary = binary
        self.log = log

    def __enter__(self):
        self.process = start(
            # The SDK encrypts passwords for the key of the hosted service, which it has built in.
            [self.binary, "--addr", "127.0.0.1:0", "--seed", SEED, "--foreign-passwords"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        # The pool prints three lines as soon as it listens; one that does not is ended rather than waited for.
        watch = threading.Timer(30, self.process.kill)
        watch.start()
        try:
            self.settings = {}
            while len(self.settings) < 3:
                line = self.process.stdout.readline()
                if not line:
                    self.process.wait()
                    raise CannotRun("the served pool ended with status %s before it listened" % self.process.returncode)
                name, equals, value = line.strip().partition("=")
                if equals and name.startswith("AUTHING_"):
                    self.settings[name] = value
        finally:
            watch.cancel()
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        return self

    def alive(self):
        return self.process.poll() is None

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def test_environment(served, ours, work):
    """What the test process sees: the pool, no proxy, and nothing else of AUTHING_*."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith("AUTHING_") and not name.lower().endswith("_proxy")
    }
    environment.update(
        {
            "AUTHING_USERPOOL_ID": served.settings["AUTHING_USERPOOL_ID"],
            "AUTHING_USERPOOL_SECRET": served.settings["AUTHING_USERPOOL_SECRET"],
            "AUTHING_SERVER": served.settings["AUTHING_HOST"],
            "AUTHING_CUSTOM_VALUES": ours,
            "PYTHONIOENCODING": "utf-8",
            "PYTHONWARNINGS": "ignore",
            "HOME": work,
            "TMPDIR": work,
        }
    )
    return environment


def run_file(name, interpreter, binary, ours, work, limit):
    target = os.path.join(work, name + ".json")
    folder = os.path.join(work, name)
    os.makedirs(folder)
    log_name = os.path.join(work, name + ".log")
    summary = {"file": name, "defined": [], "tests": {}}
    with open(log_name, "w") as log, open(target + ".out", "w") as out, Served(binary, log) as served:
        process = start(
            [interpreter, os.path.join(HERE, "one_file.py"), name, target],
            cwd=folder,
            env=test_environment(served, ours, folder),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
        try:
            process.wait(limit)
            ended = "the test process ended early"
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            ended = "time limit of %d s" % limit
        if not served.alive():
            summary["pool_ended"] = "status %s" % served.process.returncode
            ended = "the served pool ended"
    if os.path.exists(target):
        with open(target, encoding="utf-8") as source:
            summary.update(json.load(source))
    else:
        with open(target + ".out", encoding="utf-8") as source:
            summary["import_error"] = source.read().strip()[-400:] or ended
    for test in summary["defined"]:
        if test not in summary["tests"]:
            reason = summary.get("import_error") or ended
            summary["tests"][test] = {"outcome": "failed", "reason": reason, "seconds": 0}
    summary["shadowed"] = sorted({test for test in summary["defined"] if summary["defined"].count(test) > 1})
    return summary


def print_table(summaries):
    print()
    print("%-32s %7s %5s %6s %6s %8s" % ("file", "defined", "run", "passed", "failed", "seconds"))
    totals = []
    for number, summary in enumerate(summaries):
        tests = summary["tests"].values()
        passed = sum(test["outcome"] == "passed" for test in tests)
        row = [len(summary["defined"]), len(tests), passed, len(tests) - passed]
        seconds = sum(test["seconds"] for test in tests)
        mark = " *" if summary.get("converted") else ""
        print("%-32s %7d %5d %6d %6d %8.1f" % (summary["file"] + mark, *row, seconds))
        part = "core" if summary["file"] in CORE else "ours" if summary["file"] in OURS else "beyond"
        totals.append((part, row))
    for title, wanted in (("core", ["core"]), ("beyond", ["beyond"]), ("official", ["core", "beyond"]), ("ours", ["ours"])):
        rows = [row for part, row in totals if part in wanted]
        if rows:
            print("%-32s %7d %5d %6d %6d" % (title, *map(sum, zip(*rows))))
    if any(summary.get("converted") for summary in summaries):
        print("* Python 2 source, its `print` statements read through lib2to3 in memory")
    print()


def print_reasons(summaries, expected):
    for summary in summaries:
        known = expected.get(summary["file"], {}).get("not_passing", {})
        if "import_error" in summary:
            print("%s cannot be run: %s" % (summary["file"], summary["import_error"]))
        for name, test in sorted(summary["tests"].items()):
            if test["outcome"] == "passed":
                continue
            print("%s.%s %s" % (summary["file"], name, test["outcome"]))
            print("    saw:    %s" % test["reason"])
            if name in known:
                print("    reason: %s" % known[name])
        for name in summary["shadowed"]:
            print("%s.%s is defined twice in its class: Python keeps the last one only" % (summary["file"], name))


def compare(summaries, expected):
    """What is not as listed. An empty list is a good run."""
    wrong = []
    for summary in summaries:
        name = summary["file"]
        listed = expected.get(name, {"passing": [], "not_passing": {}})
        passing, others = set(listed["passing"]), set(listed["not_passing"])
        if not summary["tests"]:
            wrong.append("%s: no test was run" % name)
        if summary.get("pool_ended"):
            wrong.append("%s: the served pool ended (%s)" % (name, summary["pool_ended"]))
        for test in sorted((passing | others) - set(summary["tests"])):
            wrong.append("%s.%s: listed, but not in the package" % (name, test))
        for test, result in sorted(summary["tests"].items()):
            passed = result["outcome"] == "passed"
            if test in passing and not passed:
                wrong.append("%s.%s: listed as passing, but %s: %s" % (name, test, result["outcome"], result["reason"]))
            elif test in others and passed:
                wrong.append("%s.%s: listed as not passing, but passed" % (name, test))
            elif test not in passing and test not in others:
                wrong.append("%s.%s: %s, but not listed" % (name, test, result["outcome"]))
    return wrong


def write_expected(summaries, expected):
    for summary in summaries:
        known = expected.get(summary["file"], {}).get("not_passing", {})
        tests = sorted(summary["tests"].items())
        expected[summary["file"]] = {
            "passing": [name for name, test in tests if test["outcome"] == "passed"],
            "not_passing": {
                name: known.get(name, test["reason"]) for name, test in tests if test["outcome"] != "passed"
            },
        }
    with open(EXPECTED, "w", encoding="utf-8") as out:
        json.dump({name: expected[name] for name in FILES if name in expected}, out, indent=2, ensure_ascii=False)
        out.write("\n")


def write_reached(summaries):
    """What passing tests asked for: the operations that the pool may call checked."""
    reached = set()
    for summary in summaries:
        if summary["file"] in OURS:
            continue
        for name, asked in summary.get("asked", {}).items():
            if summary["tests"].get(name, {}).get("outcome") == "passed":
                reached.update(asked)
    # Ids and codes by chance make many paths of one.
    parts = r"/([0-9a-f]{24}|[0-9]+|(?<=/resources/)[a-z]{10})(?=/|$)"
    reached = {re.sub(parts, "/x", operation) for operation in reached}
    with open(REACHED, "w", encoding="utf-8") as out:
        json.dump(sorted(reached), out, indent=2)
        out.write("\n")


def arguments():
    parser = argparse.ArgumentParser(description="Runs the official Python SDK's tests against the served pool.")
    parser.add_argument("files", nargs="*", metavar="FILE", help="test files to run; all when none is named")
    parser.add_argument("--python", metavar="PATH", help="interpreter with the packages; default: a throw-away one")
    parser.add_argument("--emulator", metavar="PATH", help="binary of the example; default: built by cargo")
    parser.add_argument("--limit", type=int, default=300, metavar="SECONDS", help="time limit for each file")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="files at a time")
    parser.add_argument("--keep", metavar="DIR", help="copy results and the pool's log there")
    parser.add_argument("--write-expected", action="store_true", help="write expected.json instead of comparing")
    options = parser.parse_args()
    for name in options.files:
        if name not in FILES:
            parser.error("unknown file %s: expected one of %s" % (name, ", ".join(FILES)))
    return options


def main():
    options = arguments()
    work = tempfile.mkdtemp(prefix="conformance-")
    try:
        binary = options.emulator or build_example("emulator")
        ours = build_example("custom_values")
        interpreter = options.python or make_environment(os.path.join(work, "environment"))
        names = [name for name in FILES if not options.files or name in options.files]
        results = os.path.join(work, "results")
        os.makedirs(results)
        with concurrent.futures.ThreadPoolExecutor(max_workers=max(1, options.jobs)) as pool:
            calls = [pool.submit(run_file, name, interpreter, binary, ours, results, options.limit) for name in names]
            summaries = [call.result() for call in calls]
        if options.keep:
            shutil.copytree(results, options.keep, dirs_exist_ok=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)

    expected = {}
    if os.path.exists(EXPECTED):
        with open(EXPECTED, encoding="utf-8") as source:
            expected = json.load(source)
    print_table(summaries)
    print_reasons(summaries, expected)
    if options.write_expected:
        write_expected(summaries, expected)
        if not options.files:
            write_reached(summaries)
        return 0
    wrong = compare(summaries, expected)
    print()
    for line in wrong:
        print("NOT AS LISTED  " + line)
    print("conformance: %s" % ("not as listed" if wrong else "as listed"))
    return 1 if wrong else 0


if __name__ == "__main__":
    # Ended from outside, the run still ends its pools and removes its environment.
    signal.signal(signal.SIGTERM, end_all)
    signal.signal(signal.SIGINT, end_all)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(2)
    except CannotRun as reason:
        print("conformance: cannot run: %s" % reason, file=sys.stderr)
        sys.exit(2)
