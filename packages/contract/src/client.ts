import { createORPCClient, createORPCErrorFromJson, ORPCError } from "@orpc/client";
import type { AnyContractRouter, ContractRouterClient } from "@orpc/contract";
import type { JsonifiedClient } from "@orpc/openapi-client";
import { OpenAPILink } from "@orpc/openapi-client/fetch";
import { type Contract, contract } from "./contract.ts";
import type { CookieJar } from "./cookie-jar.ts";
import { Problem } from "./problem.ts";

/** Said with one call: `client.confirmation.confirm(input, { context: { idempotencyKey } })`. */
interface CallContext {
  /** 8 to 200 characters: the call acts once however often it is repeated with this key. */
  idempotencyKey?: string;
  /** The staff post acted under, for this call instead of the client's own. */
  post?: string;
}

interface ClientOptions {
  /** The staff post acted under; asked at every call. */
  post?: () => string | undefined;
  /** Further headers; asked at every call. */
  headers?: () => Record<string, string> | Promise<Record<string, string>>;
  /** Keeps the session outside a browser. */
  cookies?: CookieJar;
  fetch?: (request: Request) => Promise<Response>;
}

type ClientOf<C extends AnyContractRouter> = JsonifiedClient<ContractRouterClient<C, CallContext>>;
export type Client = ClientOf<Contract>;

/** The API of a Shice at `baseUrl` (`https://host`, without `/api`), typed by the contract; for Node and browsers. */
export function makeClient(baseUrl: string, options: ClientOptions = {}): Client {
  return makeClientFor(contract, baseUrl, options);
}

/** The same for another contract. */
export function makeClientFor<C extends AnyContractRouter>(
  ofContract: C,
  baseUrl: string,
  { post, headers, cookies, fetch: send = (request) => fetch(request) }: ClientOptions = {},
): ClientOf<C> {
  const link = new OpenAPILink<CallContext>(ofContract, {
    url: `${baseUrl.replace(/\/$/, "")}/api`,
    headers: async ({ context }) => {
      const postId = context.post ?? post?.();
      const cookie = cookies?.header();
      return {
        ...(await headers?.()),
        ...(context.idempotencyKey === undefined ? {} : { "idempotency-key": context.idempotencyKey }),
        ...(postId === undefined ? {} : { "shice-post": postId }),
        ...(cookie === undefined ? {} : { cookie }),
      };
    },
    fetch: async (request) => {
      const response = await send(request);
      cookies?.keep(response);
      return asJson(response);
    },
    customErrorResponseBodyDecoder: (body) => {
      const problem = Problem.safeParse(body);
      if (!problem.success) return undefined;
      const { code, status, title: message } = problem.data;
      return createORPCErrorFromJson({ defined: false, code, status, message, data: problem.data });
    },
  });
  return createORPCClient(link);
}

/** The link takes application/problem+json for a file; under the name application/json it reads it. */
function asJson(response: Response): Response {
  if (!response.headers.get("content-type")?.startsWith("application/problem+json")) return response;
  const headers = new Headers(response.headers);
  headers.set("content-type", "application/json");
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

/** The problem that a failed call brought; undefined when no Shice answered (network, proxy). */
export function findProblem(error: unknown): Problem | undefined {
  if (!(error instanceof ORPCError)) return undefined;
  const problem = Problem.safeParse(error.data);
  return problem.success ? problem.data : undefined;
}
