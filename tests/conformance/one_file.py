"""Runs one test file of the official SDK, unchanged, and writes what became of each test as JSON.

Started by run.py inside the throw-away environment: `python one_file.py test_users results.json`.

The files come in the order and with the names that `unittest` gives them. Results are written after every test, so that
a run that is cut off still tells what it did.

Three of the thirteen files are Python 2 source: one `print` statement each, which no Python 3 compiles. They are not
edited: where a file of the package does not compile, the standard library's own converter (`lib2to3`, its fixer `print`
and no other) is applied to the text in memory, and the result says so.
"""

import ast
import importlib
import importlib.machinery
import importlib.util
import json
import os
import sys
import time
import unittest
import warnings

PACKAGE = "authing.v2.test.management"
OURS = ["rules", "custom_data"]
CONVERTED = []

warnings.simplefilter("ignore")


def convert_python_2(path, data):
    from lib2to3.refactor import RefactoringTool

    CONVERTED.append(os.path.basename(path))
    text = importlib.util.decode_source(data)
    return str(RefactoringTool(["lib2to3.fixes.fix_print"]).refactor_string(text + "\n", path))


def install_converter():
    compile_source = importlib.machinery.SourceFileLoader.source_to_code

    def source_to_code(self, data, path, *, _optimize=-1):
        try:
            return compile_source(self, data, path, _optimize=_optimize)
        except SyntaxError:
            if os.sep + os.path.join("authing", "v2", "test") + os.sep not in path:
                raise
            return compile_source(self, convert_python_2(path, data), path, _optimize=_optimize)

    importlib.machinery.SourceFileLoader.source_to_code = source_to_code


def record_requests(summary):
    """Notes what each test asks of the pool: the root field of a GraphQL document, or the method and the path."""
    import requests
    from graphql import parse

    send = requests.Session.request

    def request(self, method, url, *args, **options):
        path = "/" + url.split("?")[0].split("/", 3)[3]
        asked = "%s %s" % (method.upper(), path)
        if path == "/graphql/v2":
            body = options.get("json") or json.loads(options["data"])
            operation = parse(body["query"]).definitions[0]
            asked = operation.selection_set.selections[0].name.value
        if not asked.startswith("__"):
            summary["asked"].setdefault(summary["now"], []).append(asked)
        return send(self, method, url, *args, **options)

    requests.Session.request = request


class Results(unittest.TestResult):
    """Keeps one line for each test and writes the file anew after each of them."""

    def __init__(self, target, summary):
        super().__init__()
        self.target = target
        self.summary = summary
        self.started = 0.0

    def startTest(self, test):
        super().startTest(test)
        self.started = time.monotonic()
        self.summary["now"] = test._testMethodName

    def keep(self, test, outcome, reason=""):
        name = getattr(test, "_testMethodName", str(test))
        self.summary["tests"][name] = {
            "outcome": outcome,
            "reason": reason,
            "seconds": round(time.monotonic() - self.started, 3),
        }
        self.write()

    def write(self):
        with open(self.target + ".part", "w", encoding="utf-8") as out:
            json.dump(self.summary, out)
        os.replace(self.target + ".part", self.target)

    @staticmethod
    def why(error):
        kind, value, trace = error
        # The last line of the test itself; what comes after it is inside the SDK or unittest.
        line = 0
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename
            if PACKAGE.replace(".", os.sep) in file or file.startswith(os.path.dirname(os.path.abspath(__file__))):
                line = trace.tb_lineno
            trace = trace.tb_next
        text = " ".join(str(value).split())
        return "%s: %s (line %d)" % (kind.__name__, text[:300], line)

    def addSuccess(self, test):
        self.keep(test, "passed")

    def addFailure(self, test, err):
        self.keep(test, "failed", self.why(err))

    def addError(self, test, err):
        self.keep(test, "failed", self.why(err))

    def addSkip(self, test, reason):
        self.keep(test, "skipped", reason)


def full_name(module_name):
    return module_name if module_name in OURS else PACKAGE + "." + module_name


def defined_tests(module_name):
    """Names of all test functions as the file writes them: a name that comes twice counts twice."""
    spec = importlib.util.find_spec(full_name(module_name))
    with open(spec.origin, "rb") as source:
        data = source.read()
    try:
        tree = ast.parse(data)
    except SyntaxError:
        tree = ast.parse(convert_python_2(spec.origin, data))
    return [
        item.name
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for item in node.body
        if isinstance(item, ast.FunctionDef) and item.name.startswith("test")
    ]


def main():
    module_name, target = sys.argv[1], sys.argv[2]
    install_converter()
    summary = {"file": module_name, "defined": defined_tests(module_name), "converted": False, "tests": {}}
    summary.update({"now": "", "asked": {}})
    record_requests(summary)
    results = Results(target, summary)
    try:
        module = importlib.import_module(full_name(module_name))
    except Exception as error:
        summary["import_error"] = "%s: %s" % (type(error).__name__, error)
        results.write()
        return
    summary["converted"] = bool(CONVERTED)
    results.write()
    unittest.defaultTestLoader.loadTestsFromModule(module).run(results)
    results.write()


if __name__ == "__main__":
    main()
