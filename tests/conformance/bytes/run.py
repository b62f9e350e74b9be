"""Our requests beside those of the official SDKs, byte by byte where bytes matter.

    python3 tests/conformance/bytes/run.py                    # as in .ci/run
    python3 tests/conformance/bytes/run.py --write-allowed    # lists new differences in allowed.json, to be explained

Installs both SDKs into a throw-away directory, calls each of their methods that the crate has too against a recording
server, has the tests of the fixtures write down what the crate sends for the same (`AUTHING_REQUESTS`), and compares. What
is compared is said in canonical.py, what may differ and why in allowed.json.

Exit status: 0 when every difference is allowed and every allowed one is there, 1 when not, 2 when the run could not be
made.
"""

import argparse
import concurrent.futures
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile

from recorder import Recorder

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
JAVASCRIPT = "authing-js-sdk@4.23.55"

# The other conformance run makes the same environment.
spec = importlib.util.spec_from_file_location("conformance", os.path.join(HERE, "..", "run.py"))
conformance = importlib.util.module_from_spec(spec)
spec.loader.exec_module(conformance)


def environment():
    """No proxy between the SDKs and the recorder."""
    return {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}


def install_javascript(directory):
    os.makedirs(directory)
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", JAVASCRIPT]
    if subprocess.run(command, cwd=directory, stdout=subprocess.DEVNULL).returncode != 0:
        raise conformance.CannotRun("%s cannot be installed" % JAVASCRIPT)
    return directory


def write_down_ours(directory):
    os.makedirs(directory)
    # All features, as in the run of all tests, so that nothing is compiled for this alone.
    done = subprocess.run(
        ["cargo", "test", "--quiet", "--locked", "--all-features", "--lib", "request_and_response"],
        cwd=PROJECT,
        env=dict(os.environ, AUTHING_REQUESTS=directory),
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise conformance.CannotRun("the tests of the fixtures fail:\n" + done.stdout + done.stderr)
    return directory


def record(interpreter, modules):
    with Recorder() as recorder:
        # One after the other: the recorder files what comes under what was announced last.
        for command in (
            [interpreter, os.path.join(HERE, "python.py"), recorder.host],
            ["node", os.path.join(HERE, "javascript.mjs"), recorder.host, modules],
        ):
            done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=120)
            if done.returncode != 0:
                raise conformance.CannotRun("%s failed:\n%s" % (command[1], done.stderr))
        return [[*key, requests] for key, requests in recorder.requests.items()]


def main():
    parser = argparse.ArgumentParser(description="Compares our requests with those of the official SDKs.")
    parser.add_argument("--python", metavar="PATH", help="interpreter with the packages; default: a throw-away one")
    parser.add_argument("--modules", metavar="DIR", help="directory with node_modules; default: a throw-away one")
    parser.add_argument("--write-allowed", action="store_true", help="list new differences in allowed.json")
    options = parser.parse_args()
    work = tempfile.mkdtemp(prefix="bytes-")
    try:
        with concurrent.futures.ThreadPoolExecutor() as pool:
            python = pool.submit(lambda: options.python or conformance.make_environment(os.path.join(work, "python")))
            modules = pool.submit(lambda: options.modules or install_javascript(os.path.join(work, "javascript")))
            ours = pool.submit(write_down_ours, os.path.join(work, "ours"))
            interpreter, modules, ours = python.result(), modules.result(), ours.result()
        recorded = os.path.join(work, "recorded.json")
        with open(recorded, "w", encoding="utf-8") as out:
            json.dump(record(interpreter, modules), out)
        more = ["--write-allowed"] if options.write_allowed else []
        return subprocess.run([interpreter, os.path.join(HERE, "compare.py"), recorded, ours, *more]).returncode
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except conformance.CannotRun as reason:
        print("bytes: cannot run: %s" % reason, file=sys.stderr)
        sys.exit(2)
