import { randomOf } from "@shice/rehearsal/random.ts";
import { z } from "zod";

/** The subset of JSON Schema that the contract's inputs use. */
interface Schema {
  type?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  propertyNames?: Schema;
  additionalProperties?: Schema | boolean;
}

/** `likely`: a person's usual input. `edge`: extreme input that the schema still accepts. */
export type Manner = "likely" | "edge";

/** Texts that often break databases, printers and parsers. */
const oddTexts = [
  "\ud800",
  "\u0000",
  "%",
  "\u202e\u200b",
  "𠮷".repeat(30),
  "' or 1=1 --",
  "../../etc/passwd",
  '{"a":1}',
  "-1",
  "1e999",
];
const oddInstants = [
  "2017-10-09T01:00:00.123456789123Z",
  "0000-01-01T00:00:00Z",
  "9999-12-31T23:59:59+14:00",
  "2017-10-09T01:00:00.000000001-12:00",
];
const oddDays = ["0000-01-01", "9999-12-31", "2016-02-29"];
const picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

/**
 * Makes inputs for an operation from its Zod schema. `idsOf` returns the existing keys for a field of this name; if it
 * has none, an unused id is taken.
 */
export function makeInputs(seed: number, idsOf: (field: string) => readonly string[]) {
  const random = randomOf(seed);
  const { pick } = random;

  function textOf(schema: Schema, field: string, manner: Manner): string {
    const ids = idsOf(field);
    if (schema.format === "uuid") return ids.length > 0 ? pick(ids) : "0198a000-0000-7000-8000-00000000dead";
    if (schema.format === "date-time") return manner === "edge" ? pick(oddInstants) : "2017-11-20T01:00:00Z";
    if (schema.format === "date") return manner === "edge" ? pick(oddDays) : "2017-10-10";
    if (schema.format === "base64") return picture;
    if (schema.format === "email") return "someone@example.invalid";
    if (ids.length > 0) return pick(ids);
    if (/serial|from|to|counted/.test(field)) return "12";
    if (/hour/i.test(field)) return "09:00";
    if (field === "job") return "1";
    if (manner === "edge") {
      const odd = pick([...oddTexts, "长".repeat(schema.maxLength ?? 2000), ""]);
      const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
      if (odd.length >= minLength && odd.length <= maxLength) return odd;
    }
    return "试写的一段文字，不少于十个字，用于核对。".slice(0, schema.maxLength ?? 40);
  }

  function valueFor(schema: Schema, field: string, manner: Manner): unknown {
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return pick(schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined) return valueFor(pick(choices), field, manner);
    const { minimum = 0, maximum = 9_007_199_254_740_991 } = schema;
    switch (schema.type) {
      case "string":
        return textOf(schema, field, manner);
      case "integer":
      case "number":
        return manner === "edge" ? pick([minimum, maximum]) : Math.min(maximum, Math.max(minimum, 1));
      case "boolean":
        return random.next() < 0.5;
      case "null":
        return null;
      case "array": {
        const count = Math.max(schema.minItems ?? 0, manner === "edge" ? Math.min(schema.maxItems ?? 3, 3) : 1);
        return Array.from({ length: count }, () => valueFor(schema.items ?? {}, field.replace(/s$/, ""), manner));
      }
      case "object":
        return objectOf(schema, field, manner);
      default:
        return manner === "edge" ? pick<unknown>([null, "x", -1, [], {}, "\ud800"]) : "x";
    }
  }

  function objectOf(schema: Schema, field: string, manner: Manner): Record<string, unknown> {
    if (schema.properties === undefined) {
      const { propertyNames, additionalProperties } = schema;
      if (typeof additionalProperties !== "object") return {};
      const key = String(valueFor(propertyNames ?? { type: "string", maxLength: 8 }, field, "likely"));
      return { [key]: valueFor(additionalProperties, key, manner) };
    }
    const required = new Set(schema.required);
    return Object.fromEntries(
      Object.entries(schema.properties).flatMap(([name, property]) =>
        required.has(name) || random.next() < 0.6 ? [[name, valueFor(property, name, manner)]] : [],
      ),
    );
  }

  return (input: z.ZodType, manner: Manner): Record<string, unknown> => objectOf(schemaOf(input), "", manner);
}

const schemas = new WeakMap<z.ZodType, Schema>();

function schemaOf(input: z.ZodType): Schema {
  const known = schemas.get(input);
  if (known !== undefined) return known;
  const text = JSON.stringify(z.toJSONSchema(input, { io: "input", unrepresentable: "any" }));
  const schema: Schema = JSON.parse(text);
  schemas.set(input, schema);
  return schema;
}
