# SPDX-License-Identifier: Apache-2.0
"""openapi_check.py - as much of JSON Schema and OpenAPI 3.1 as openapi.json uses; what it does not know is an error, not a pass."""
import datetime
import json
import random
import re

KNOWN = {"type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "$ref", "description", "pattern",
         "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "format", "default", "examples"}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


class Description:
    def __init__(self, text):
        self.doc = json.loads(text)
        self.schemas = self.doc["components"]["schemas"]

    def resolve(self, node):
        while "$ref" in node:
            at = self.doc
            for part in node["$ref"][2:].split("/"):
                at = at[part]
            node = at
        return node

    def faults(self, schema, value, where="$"):
        """What is wrong with the value, as texts."""
        unknown = set(schema) - KNOWN
        assert not unknown, "keywords that the checker does not know: %s" % unknown
        if "$ref" in schema:
            return self.faults(self.resolve(schema), value, where)
        if "anyOf" in schema:
            tries = [self.faults(s, value, where) for s in schema["anyOf"]]
            return [] if any(not t for t in tries) else min(tries, key=len)
        types = schema.get("type")
        types = [types] if isinstance(types, str) else types or []
        if types and not any(is_type(value, t) for t in types):
            return ["%s: %.60r is not %s" % (where, value, types)]
        if "enum" in schema and value not in schema["enum"]:
            return ["%s: %.60r is not one of %s" % (where, value, schema["enum"])]
        if isinstance(value, dict):
            return self.object_faults(schema, value, where)
        if isinstance(value, list):
            return self.array_faults(schema, value, where)
        if isinstance(value, str):
            return self.string_faults(schema, value, where)
        if is_type(value, "number"):
            low, high = schema.get("minimum"), schema.get("maximum")
            if (low is not None and value < low) or (high is not None and value > high):
                return ["%s: %r is out of bounds" % (where, value)]
        return []

    def object_faults(self, schema, value, where):
        props, out = schema.get("properties", {}), []
        out += ["%s: %s is missing" % (where, k) for k in schema.get("required", []) if k not in value]
        for k, v in value.items():
            if k in props:
                out += self.faults(props[k], v, where + "." + k)
            elif schema.get("additionalProperties") is False:
                out.append("%s: %s is not described" % (where, k))
        return out

    def array_faults(self, schema, value, where):
        out = []
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            out.append("%s: %d items" % (where, len(value)))
        for i, v in enumerate(value):
            out += self.faults(schema.get("items", {}), v, "%s[%d]" % (where, i))
            if len(out) > 5:
                break
        return out

    @staticmethod
    def string_faults(schema, value, where):
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            return ["%s: %d letters" % (where, len(value))]
        if "pattern" in schema and not re.search(schema["pattern"], value):
            return ["%s: %.60r is not like %s" % (where, value, schema["pattern"])]
        if schema.get("format") == "date":
            try:
                datetime.date.fromisoformat(value)
            except ValueError:
                return ["%s: %.60r is no day" % (where, value)]
        return []

    def undescribed(self):
        """Schemas, fields and parameters without a word on what they mean, and examples that are not what they are examples of."""
        out = []

        def look(schema, where):
            if not schema.get("description"):
                out.append("%s: no description" % where)
            below(schema, where)

        def below(schema, where):
            out.extend("%s: example %s" % (where, f) for e in schema.get("examples", []) for f in self.faults(schema, e))
            for k, v in schema.get("properties", {}).items():
                look(v, where + "." + k)
            for sub in [schema[k] for k in ("items",) if k in schema] + schema.get("anyOf", []):
                below(sub, where)
        for name, schema in self.schemas.items():
            look(schema, name)
        for path, ops in self.doc["paths"].items():
            for method, op in ops.items():
                for p in op.get("parameters", []):
                    if not p.get("description"):
                        out.append("%s %s %s: no description" % (method, path, p["name"]))
                    below(p["schema"], "%s %s" % (path, p["name"]))
                for kind, content in op.get("requestBody", {}).get("content", {}).items():
                    for e in content.get("examples", {}).values():
                        out.extend("%s %s: example %s" % (method, path, f) for f in self.faults(content["schema"], e["value"]))
        return out

    def operation(self, path, method):
        """The operation that a path takes, or None; paths without {} first."""
        for pattern in sorted(self.doc["paths"], key=lambda p: p.count("{")):
            like = re.escape(pattern).replace(r"\{id\}", "[0-9]+").replace(r"\{ref\}", ".+")
            if re.fullmatch(like, path):
                return self.doc["paths"][pattern].get(method)
        return None

    def answer_faults(self, op, status, kind, body):
        """What is wrong with an answer to an operation."""
        answer = op["responses"].get(str(status))
        if answer is None:
            return ["status %d is not described" % status]
        content = self.resolve(answer).get("content", {})
        if not content:
            return ["a body where none is described"] if body else []
        kind = kind.split(";")[0].strip()
        schema = next((c.get("schema", {}) for k, c in content.items() if k.split(";")[0] == kind), None)
        if schema is None:
            return ["%s is not described" % kind]
        if kind.endswith("json") and kind != "application/x-ndjson":
            return self.faults(schema, json.loads(body))
        return []


class Generator:
    """Requests after the description: right values, values at the edge, and nonsense."""
    NONSENSE = ["", "%", "%zz", "%00", "..", "../../etc/passwd", "'", "\"", "<script>", "-1", "0", "99999999999999999999", "1e9", "null",
                "true", "a" * 300, "\u00e9\u6f22", "%F0%9F%98%80", "%ff", "a,b,,c", "2024-02-30", "r1", "n0", "r999999", "0.0",
                "-2147483648.1", "OR", "\"a b", "a:b", "-", "*", "NEAR(", "%0d%0aX-A:b", "key_points,", "1:B", "1:ZZZ999"]

    def __init__(self, description, seed):
        self.d = description
        self.rnd = random.Random(seed)

    def value(self, schema):
        rnd = self.rnd
        if rnd.random() < 0.3:
            return rnd.choice(self.NONSENSE)
        if "enum" in schema:
            return rnd.choice([str(v) for v in schema["enum"]])
        if schema.get("format") == "date":
            return "2024-%02d-%02d" % (rnd.randrange(1, 13), rnd.randrange(1, 29))
        if schema.get("type") == "integer":
            low, high = schema.get("minimum", 0), schema.get("maximum", 9)
            return str(rnd.choice([low, high, low + 1, 1, 2, 3, 4]))
        if schema.get("type") == "boolean":
            return rnd.choice(["true", "false"])
        return rnd.choice(["killed", "dam", "B", "1:A", "20.3", "5", "key_points,claims", "water OR dam", "\"wall of water\"",
                           "source:courier", "from:2024-10-01"])

    def request(self):
        """method, target"""
        rnd = self.rnd
        pattern = rnd.choice(list(self.d.doc["paths"]))
        ops = self.d.doc["paths"][pattern]
        op = ops[rnd.choice(list(ops))]
        path, query = pattern, []
        for p in op.get("parameters", []):
            value = self.value(p["schema"])
            if p["in"] == "path":
                path = path.replace("{%s}" % p["name"], quote(value, rnd))
            elif p["in"] == "query" and (p["required"] or rnd.random() < 0.4):
                query.append(p["name"] + "=" + quote(value, rnd))
        if rnd.random() < 0.05:
            query.append("unknown=1")
        method = rnd.choice(["GET"] * 12 + ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
        return method, path + ("?" + "&".join(query) if query else "")


def quote(value, rnd):
    """Percent-encoded, most of the time: a request line can hold neither blanks nor controls as they are."""
    out = ""
    for b in value.encode():
        c = chr(b)
        out += c if (c.isascii() and c.isalnum()) or c in "-._~:,%" or (c in "/<>'\"" and rnd.random() < 0.5) else "%%%02X" % b
    return out
