// SPDX-License-Identifier: Apache-2.0
// types.mjs - the schemas of src/serve/openapi.json as TypeScript types.

const plain = {string: "string", integer: "number", number: "number", boolean: "boolean", null: "null"};

function arrayType(s) {
  const item = s.items ? typeOf(s.items) : "unknown";
  if (s.minItems === 2 && s.maxItems === 2) return `[${item}, ${item}]`;
  return /[| ]/.test(item) ? `Array<${item}>` : `${item}[]`;
}

function objectType(s) {
  const required = new Set(s.required ?? []);
  const fields = Object.entries(s.properties ?? {}).map(([k, v]) => `${k}${required.has(k) ? "" : "?"}: ${typeOf(v)}`);
  return `{${fields.join("; ")}}`;
}

function typeOf(s) {
  if (s.$ref) return s.$ref.split("/").pop();
  if (s.anyOf) return s.anyOf.map(typeOf).join(" | ");
  if (s.enum) return s.enum.map((v) => JSON.stringify(v)).join(" | ");
  const kinds = [].concat(s.type);
  return kinds.map((k) => (k === "array" ? arrayType(s) : k === "object" ? objectType(s) : plain[k])).join(" | ");
}

export function typesOf(openapi) {
  const rows = Object.entries(openapi.components.schemas).map(([name, s]) => `export type ${name} = ${typeOf(s)};`);
  return `// Made by web/tools/types.mjs from src/serve/openapi.json.\n${rows.join("\n")}\n`;
}
