"""Requests in a form in which two that mean the same are equal, and what differs between two of them.

Of a GraphQL request remain the kind of the operation, its root field, the arguments of all fields with the variables put
in, and the set of selected leaves; of a REST request the method, the path, the query and the body; of both the headers
that the service reads. So names of variables, order, spaces and fragments make no difference.
"""

import collections
import json
import urllib.parse

from graphql import parse
from graphql.language import ast

ABSENT = "nothing"
HEADERS = [
    "authorization",
    "content-type",
    "x-authing-app-id",
    "x-authing-app-tenant-id",
    "x-authing-lang",
    "x-authing-request-from",
    "x-authing-sdk-version",
    "x-authing-userpool-id",
]


class Canonical:
    def __init__(self, request):
        url = urllib.parse.urlsplit(request["url"])
        self.method, self.path = request["method"], urllib.parse.unquote(url.path)
        self.headers = headers_of(request["headers"], request["body"])
        self.selection, self.named, self.undeclared = set(), set(), []
        body = json.loads(request["body"]) if request["body"] else None
        if self.path == "/graphql/v2":
            self.read_document(body)
            return
        self.form = "%s %s" % (self.method, self.path)
        self.is_graphql = False
        self.values = {"query " + name: value for name, value in query_of(url.query).items()}
        # `{}` and no body at all are two different things, but not to the service.
        for name, value in flat(body or {}):
            self.values["body " + name] = value

    def read_document(self, body):
        definitions = parse(body["query"]).definitions
        self.fragments = {item.name.value: item for item in definitions if isinstance(item, ast.FragmentDefinition)}
        operations = [item for item in definitions if isinstance(item, ast.OperationDefinition)]
        [operation] = [
            item
            for item in operations
            if len(operations) == 1 or item.name.value == body.get("operationName")
        ]
        sent = dict(body.get("variables") or {})
        self.variables = {}
        for declared in operation.variable_definitions or []:
            name = declared.variable.name.value
            if name in sent:
                self.variables[name] = sent.pop(name)
            elif declared.default_value is not None:
                self.variables[name] = self.value(declared.default_value)
        self.undeclared = sorted(sent)
        [root] = operation.selection_set.selections
        self.form = "%s %s" % (operation.operation, root.name.value)
        self.is_graphql = True
        self.values = {}
        self.read_field(root, "")

    def read_field(self, field, path):
        for argument in field.arguments:
            self.named.add(path + argument.name.value)
            try:
                value = self.value(argument.value)
            except KeyError:
                continue
            for name, leaf in flat({argument.name.value: value}):
                self.values["argument " + path + name] = leaf
        if field.selection_set is None:
            if path:
                self.selection.add(path.rstrip("."))
            return
        for item in self.fields(field.selection_set):
            self.read_field(item, "%s%s." % (path, item.name.value))

    def fields(self, selections):
        for item in selections.selections:
            if not all(self.value(directive.arguments[0].value) for directive in item.directives):
                continue
            if isinstance(item, ast.Field):
                yield item
            elif isinstance(item, ast.FragmentSpread):
                yield from self.fields(self.fragments[item.name.value].selection_set)
            else:
                yield from self.fields(item.selection_set)

    def value(self, node):
        if isinstance(node, ast.Variable):
            return self.variables[node.name.value]
        if isinstance(node, ast.ListValue):
            return [self.value(item) for item in node.values]
        if isinstance(node, ast.ObjectValue):
            return {field.name.value: self.value(field.value) for field in node.fields}
        if isinstance(node, (ast.IntValue, ast.FloatValue)):
            return json.loads(node.value)
        return node.value


def flat(value, path=""):
    """The leaves of objects within objects; a list is a leaf."""
    if isinstance(value, dict) and (value or not path):
        for name, inner in value.items():
            yield from flat(inner, path + "." + name if path else name)
    else:
        yield path, value


def query_of(text):
    values = collections.defaultdict(list)
    for name, value in urllib.parse.parse_qsl(text, keep_blank_values=True):
        values[name].append(value)
    return {name: value[0] if len(value) == 1 else value for name, value in values.items()}


def headers_of(headers, body):
    found = {name: headers[name] for name in HEADERS if name in headers}
    if "authorization" in found:
        found["authorization"] = found["authorization"].split(" ")[0]
    if "x-authing-sdk-version" in found:
        found["x-authing-sdk-version"] = found["x-authing-sdk-version"].split(":")[0]
    if body is None:
        found.pop("content-type", None)
    elif "content-type" in found:
        found["content-type"] = found["content-type"].split(";")[0]
    return found


def text_of(values, name):
    return json.dumps(values[name], ensure_ascii=False, sort_keys=True) if name in values else ABSENT


def differences(ours, theirs):
    """One line for each thing that is not the same."""
    lines = []
    if ours.form != theirs.form:
        lines.append("form: ours `%s`, theirs `%s`" % (ours.form, theirs.form))
    our_values, their_values = ours.values, theirs.values
    if ours.is_graphql != theirs.is_graphql:
        # An argument here is a member of the body there.
        our_values, their_values = (
            {name.split(" ", 1)[1]: value for name, value in values.items()} for values in (our_values, their_values)
        )
    for values, others, title in ((our_values, their_values, ""), (ours.headers, theirs.headers, "header ")):
        for name in sorted(set(values) | set(others)):
            mine, other = text_of(values, name), text_of(others, name)
            if mine != other:
                lines.append("%s%s: ours %s, theirs %s" % (title, name, mine, other))
    for name in theirs.undeclared:
        lines.append("variable %s: theirs is sent, but not declared in their document" % name)
    if ours.form == theirs.form and ours.is_graphql:
        # A service that does not know an argument refuses the document, whether or not there is a value.
        sent = {name.split(" ", 1)[1].split(".")[0] for name in ours.values}
        for name in sorted(ours.named - theirs.named):
            if name.split(".")[0] not in sent:
                lines.append("argument %s: named in our document alone, without a value" % name)
    if ours.is_graphql and theirs.is_graphql:
        more, less = ours.selection - theirs.selection, theirs.selection - ours.selection
        if more:
            lines.append("selected by us alone: " + ", ".join(sorted(more)))
        if less:
            lines.append("selected by them alone: " + ", ".join(sorted(less)))
    return lines
