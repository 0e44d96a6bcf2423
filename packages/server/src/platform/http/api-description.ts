import { type OpenAPI, OpenAPIGenerator } from "@orpc/openapi";
import type { AnyRouter } from "@orpc/server";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import fastifyApiReference from "@scalar/fastify-api-reference";
import { Problem } from "@shice/contract/problem.ts";
import type { FastifyInstance } from "fastify";

const verbs = ["get", "post", "put", "patch", "delete"] as const;

/** The API as OpenAPI 3.1, made from the contract: each operation with its inputs, its answer and its problem. */
async function describeApi(router: AnyRouter): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(router, {
    info: {
      title: "师册 接口",
      version: "1",
      description:
        "中小学教师资格定期注册的全部接口。时间为 ISO 8601(UTC)，日期为 年-月-日。未能办理时返回 application/problem+json(RFC 9457)。",
    },
    servers: [{ url: "/api" }],
    commonSchemas: { Problem: { schema: Problem } },
    security: [{ session: [] }],
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "shice.session_token", description: "登录后由服务器设置。" },
      },
    },
  });
  for (const path of Object.values(document.paths ?? {})) {
    for (const verb of verbs) {
      const described = path?.[verb];
      if (described === undefined) continue;
      described.parameters = [
        ...(described.parameters ?? []),
        ...(verb === "get" ? [postHeader] : [postHeader, keyHeader]),
      ];
      described.responses = { ...described.responses, default: problemAnswer };
    }
  }
  return document;
}

const postHeader = {
  name: "shice-post",
  in: "header",
  required: false,
  description: "以哪个岗位办理（岗位编号）。工作人员必填。",
  schema: { type: "string", format: "uuid" },
} as const satisfies OpenAPI.ParameterObject;

const keyHeader = {
  name: "idempotency-key",
  in: "header",
  required: false,
  description: "同一编号的同一请求只办理一次，重复提交时返回首次的结果。",
  schema: { type: "string", minLength: 8, maxLength: 200 },
} as const satisfies OpenAPI.ParameterObject;

const problemAnswer = {
  description: "未能办理：原因、应怎样做、编号。",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
} as const satisfies OpenAPI.ResponseObject;

/** Serves the description at /api/openapi.json and, readable, at /api/docs: from our own files, reaching no other host. */
export function serveDescription(app: FastifyInstance, router: AnyRouter, { nonce }: { nonce: string }): void {
  let document: Promise<OpenAPI.Document> | undefined;
  app.get("/api/openapi.json", () => {
    document ??= describeApi(router);
    return document;
  });
  app.register(fastifyApiReference, {
    routePrefix: "/api/docs",
    configuration: {
      url: "/api/openapi.json",
      pageTitle: "师册 接口",
      nonce,
      withDefaultFonts: false,
      telemetry: false,
      agent: { disabled: true },
      mcp: { disabled: true },
      hideClientButton: true,
      showDeveloperTools: "never",
    },
  });
}
