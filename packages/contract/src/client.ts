import { createORPCClient, createORPCErrorFromJson, ORPCError } from "@orpc/client";
import type { AnyContractRouter, ContractRouterClient } from "@orpc/contract";
import type { JsonifiedClient } from "@orpc/openapi-client";
import { OpenAPILink } from "@orpc/openapi-client/fetch";
import { type Contract, contract } from "./contract.ts";
import type { CookieJar } from "./cookie-jar.ts";
import { Problem } from "./problem.ts";

/** Options of one call: `client.confirmation.confirm(input, { context: { idempotencyKey } })`. */
interface CallContext {
  /** 8 to 200 characters. Calls repeated with the same key act only once. */
  idempotencyKey?: string;
  /** The staff post for this call, instead of the client's. */
  post?: string;
}

interface ClientOptions {
  /** Returns the staff post; called before every request. */
  post?: () => string | undefined;
  /** Returns further headers; called before every request. */
  headers?: () => Record<string, string> | Promise<Record<string, string>>;
  /** Stores the session cookie outside a browser. */
  cookies?: CookieJar;
  fetch?: (request: Request) => Promise<Response>;
}

type ClientOf<C extends AnyContractRouter> = JsonifiedClient<ContractRouterClient<C, CallContext>>;
export type Client = ClientOf<Contract>;

/**
 * A client of the Shice API at `baseUrl` (`https://host`, without `/api`), typed by the contract, for Node and
 * browsers.
 */
export function makeClient(baseUrl: string, options: ClientOptions = {}): Client {
  return makeClientFor(contract, baseUrl, options);
}

/** Makes the same client for another contract. */
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

/** oRPC's link treats application/problem+json as a file, so the response is relabelled as application/json. */
function asJson(response: Response): Response {
  if (!response.headers.get("content-type")?.startsWith("application/problem+json")) return response;
  const headers = new Headers(response.headers);
  headers.set("content-type", "application/json");
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

/** The problem in a failed call's answer; undefined if no Shice answered (network, proxy). */
export function findProblem(error: unknown): Problem | undefined {
  if (!(error instanceof ORPCError)) return undefined;
  const problem = Problem.safeParse(error.data);
  return problem.success ? problem.data : undefined;
}
