import { z } from "zod";
import type { PathSegment } from "./finding.ts";
import { Plan } from "./plan.ts";

/** The keys allowed at this path of a plan; empty if the path is not a group of keys. */
export function listKnownKeys(segments: readonly PathSegment[]): string[] {
  let schemas: z.core.$ZodType[] = [Plan];
  for (const segment of segments) {
    schemas = schemas.flatMap(unwrap).flatMap((schema) => within(schema, segment));
  }
  return [...new Set(schemas.flatMap(unwrap).flatMap(keysOf))];
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return unwrap(schema.def.innerType);
  }
  return schema instanceof z.ZodDiscriminatedUnion ? schema.def.options.flatMap(unwrap) : [schema];
}

function within(schema: z.core.$ZodType, segment: PathSegment): z.core.$ZodType[] {
  if (schema instanceof z.ZodObject) {
    const found = schema.def.shape[segment];
    return found === undefined ? [] : [found];
  }
  if (schema instanceof z.ZodArray) {
    return [schema.def.element];
  }
  return schema instanceof z.ZodRecord ? [schema.def.valueType] : [];
}

function keysOf(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodObject) {
    return Object.keys(schema.def.shape);
  }
  return schema instanceof z.ZodRecord && schema.def.keyType instanceof z.ZodEnum
    ? schema.def.keyType.options.map(String)
    : [];
}
