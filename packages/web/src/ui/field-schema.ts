import { ApplicationForm, type FormField } from "@shice/rules/form/form.ts";

/** How a field of the application form is entered, as its schema says. */
interface FieldShape {
  kind: "day" | "boolean" | "number" | "text" | "other";
  longest: number;
}

export function shapeOf(field: FormField): FieldShape {
  const schema = ApplicationForm.shape[field];
  const inner = schema.def.type === "optional" && "unwrap" in schema ? schema.unwrap() : schema;
  const maxLength = inner.meta()?.["maxLength"];
  const isDay = "format" in inner && inner.format === "date";
  const { type } = inner.def;
  return {
    kind: isDay
      ? "day"
      : type === "boolean" || type === "number"
        ? type
        : type === "string" || type === "enum"
          ? "text"
          : "other",
    longest: typeof maxLength === "number" ? maxLength : 254,
  };
}
