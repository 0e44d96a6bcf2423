import { promisify } from "node:util";
import { gzip } from "node:zlib";
import formbody from "@fastify/formbody";
import type { DirectClient } from "@shice/contract/contract.ts";
import { statusOf } from "@shice/contract/problem-of.ts";
import type { AnyRefusal } from "@shice/contract/sentences.zh.ts";
import { sentenceOf } from "@shice/contract/sentences.zh.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Campaign } from "../case/campaign.ts";
import { listTexts } from "../case/campaign-texts.ts";
import { mayBeLarge } from "../platform/http/body-places.ts";
import type { Html } from "../platform/http/html.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { refusalOfThrown } from "../platform/http/refusal-of-thrown.ts";
import { signingOf } from "../platform/signing.ts";
import type { Services } from "../request/context.ts";
import { cursorOf } from "../request/cursor.ts";
import { calendarPage } from "./calendar-page.ts";
import { helpPage, topicPage } from "./help.ts";
import { note, type PageSetting, page } from "./layout.ts";
import { noticePage, noticesPage, objectedPage, objectPage } from "./notice-pages.ts";
import { checkObjection, objectionBytes, partsOfForm, readObjection } from "./objection-form.ts";
import { checkPage, homePage, materialsPage, noticeTextPage } from "./pages.ts";
import { listCampaignKeys } from "./queries.ts";
import { script, style } from "./style.ts";
import { makeTurnstile } from "./turnstile.ts";
import { keysPage, verifyPage } from "./verify-page.ts";

interface PublicSite {
  services: Services;
  /**
   * The API as a page calls it, in the request's own context, so that no page shows more than a program may read.
   * `counted`: the page has counted this caller by address, in the place of a challenge.
   */
  apiOf: (request: FastifyRequest, options?: { counted: boolean }) => DirectClient;
  /** Whether the first page is the one for newcomers of the demonstration. */
  welcome: boolean;
}

/** What a page answers: nothing where there is none; with a status where it is no plain success. */
type Made = Html | { page: Html; status: number } | undefined;

/** Objections that come without a script cannot solve a challenge: so many an hour from one address. */
const objectionsPerHour = 5;
/** A form may come again with its mistakes put right; each time its pictures are read anew. */
const formsPerHour = 30;
/** As many rows as an old telephone takes in at once. */
const entriesPerPage = 50;

/** Pages that anyone may read, without JavaScript, of no more than some kilobytes each. */
export function servePublicPages(app: FastifyInstance, site: PublicSite): void {
  void app.register(async (pages) => {
    await pages.register(formbody, { bodyLimit: 64 * 1024 });
    pages.addContentTypeParser(
      "multipart/form-data",
      { parseAs: "buffer", bodyLimit: objectionBytes },
      async (request: FastifyRequest, body: Buffer) => partsOfForm(body, request.headers["content-type"] ?? ""),
    );
    serve(pages, site);
  });
}

function serve(app: FastifyInstance, { services, apiOf, welcome }: PublicSite): void {
  const { clock, config, secrets } = services;
  const signing = signingOf(secrets, config.signature);
  const turnstile = makeTurnstile({ most: objectionsPerHour, within: { hours: 1 } });
  const formTurnstile = makeTurnstile({ most: formsPerHour, within: { hours: 1 } });

  async function findCampaign(): Promise<Campaign | undefined> {
    const [key] = await services.database.inScope({ kind: "public" }, listCampaignKeys);
    return key === undefined ? undefined : await services.campaigns.find(key);
  }
  const settingOf = (request: FastifyRequest): PageSetting => ({
    path: request.url.split("?")[0] ?? "/",
    now: clock.now(),
    large: /(^|;\s*)shice-type=large(;|$)/.test(request.headers.cookie ?? ""),
    training: config.training,
  });
  const send = (request: FastifyRequest, reply: FastifyReply, made: Html, status = 200) =>
    sendPacked(
      request,
      reply.code(status).type("text/html; charset=utf-8").header("cache-control", "no-cache"),
      made.toString(),
    );
  /** A page about the campaign that runs; without one, the site's first page says so. */
  const about =
    (make: (setting: PageSetting, campaign: Campaign, request: FastifyRequest) => Promise<Made> | Made) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const setting = settingOf(request);
      const campaign = await findCampaign();
      if (campaign === undefined) return send(request, reply, homePage(setting, undefined));
      try {
        const made = await make(setting, campaign, request);
        if (made === undefined) return send(request, reply, missingPage(setting), 404);
        return "page" in made ? send(request, reply, made.page, made.status) : send(request, reply, made);
      } catch (error) {
        const { refusal, event } = refusalOfThrown(error, { bodyLimitBytes: 0 });
        if (event?.level === "error") throw error;
        return send(request, reply, refusedPage(setting, refusal), refusal.code === "request.not-found" ? 404 : 400);
      }
    };

  app.get("/public.css", (request, reply) =>
    sendPacked(request, reply.type("text/css; charset=utf-8").header("cache-control", "public, max-age=3600"), style),
  );
  app.get("/public.js", (request, reply) =>
    sendPacked(
      request,
      reply.type("text/javascript; charset=utf-8").header("cache-control", "public, max-age=3600"),
      script,
    ),
  );
  app.get("/type", (request, reply) => {
    const { large, back } = TypeAsked.parse(request.query);
    const safe = /^\/(?!\/)[\w/-]*$/.test(back) ? back : "/home";
    return reply
      .header("set-cookie", `shice-type=large; Path=/; SameSite=Lax; Max-Age=${large === "yes" ? 31_536_000 : 0}`)
      .redirect(safe);
  });

  // A form that cannot be read is answered with a page, as everything here.
  app.setErrorHandler((error, request, reply) => {
    const { refusal, event } = refusalOfThrown(error, { bodyLimitBytes: objectionBytes });
    if (event?.level === "error") throw error;
    if (refusal.code === "request.not-found") return send(request, reply, missingPage(settingOf(request)), 404);
    const tooLarge = refusal.code === "request.too-large";
    const page = tooLarge ? tooLargePage(settingOf(request)) : refusedPage(settingOf(request), refusal);
    return send(request, reply, page, statusOf(refusal));
  });

  const home = async (request: FastifyRequest, reply: FastifyReply) =>
    send(request, reply, homePage(settingOf(request), await findCampaign()));
  app.get("/home", home);
  app.get("/", welcome ? (_request, reply) => reply.redirect("/welcome") : home);
  app.get("/calendar", about(calendarPage));
  app.get(
    "/notice",
    about(async (setting, campaign) => {
      const texts = await services.database.inScope({ kind: "public" }, (tx) => listTexts(tx, campaign.id));
      return noticeTextPage(
        setting,
        campaign,
        texts.find(({ kind }) => kind === "notice"),
      );
    }),
  );
  app.get(
    "/check",
    about((setting, campaign, { query }) => checkPage(setting, campaign, Texts.parse(query))),
  );
  app.get(
    "/materials",
    about((setting, campaign, { query }) => materialsPage(setting, campaign, Texts.parse(query))),
  );
  app.get(
    "/help",
    about((setting) => helpPage(setting)),
  );
  app.get(
    "/help/:topic",
    about((setting, campaign, { params }) => topicPage(setting, campaign, Texts.parse(params)["topic"] ?? "")),
  );

  app.get(
    "/notices",
    about(async (setting, { key }, request) => {
      const { after } = Texts.parse(request.query);
      const found = await apiOf(request).notice.listNotices({
        campaign: key,
        ...(after === undefined ? {} : { after }),
      });
      return noticesPage(setting, found);
    }),
  );
  app.get(
    "/notices/:notice",
    about(async (setting, campaign, request) => {
      const { name = "", school = "", after } = Texts.parse(request.query);
      const found = await apiOf(request).notice.getNotice({
        campaign: campaign.key,
        notice: Texts.parse(request.params)["notice"] ?? "",
        limit: entriesPerPage,
        ...(name.trim() === "" ? {} : { name }),
        ...(school.trim() === "" ? {} : { school }),
        ...(after === undefined ? {} : { after }),
      });
      return noticePage(setting, campaign, found, { name, school });
    }),
  );

  const entryOf = async (request: FastifyRequest, campaign: string, position: string) =>
    apiOf(request).notice.getNotice({
      campaign,
      notice: Texts.parse(request.params)["notice"] ?? "",
      limit: 1,
      ...(Number(position) > 1 ? { after: cursorOf(String(Number(position) - 1)) } : {}),
    });
  app.get(
    "/notices/:notice/object",
    about(async (setting, campaign, request) => {
      const { position = "1" } = Texts.parse(request.query);
      const notice = await entryOf(request, campaign.key, position);
      return objectPage(setting, notice, { position, name: "", contact: "", statement: "" }, {});
    }),
  );
  /**
   * Asked before the body is read: whether it is small enough, whether its sender may send another, and whether there is
   * what it is about.
   */
  const admitForm = async (request: FastifyRequest) => {
    if (Number(request.headers["content-length"] ?? 0) > objectionBytes) {
      throw new RefusalError({ code: "request.too-large", limitBytes: objectionBytes });
    }
    if (!mayBeLarge(request)) return;
    formTurnstile.pass(request.ip, clock.now());
    const campaign = await findCampaign();
    const { position = "1" } = Texts.parse(request.query);
    const entry = campaign === undefined ? undefined : await entryOf(request, campaign.key, position);
    if (entry === undefined || entry.page.items.length === 0) throw new RefusalError({ code: "request.not-found" });
  };
  app.post(
    "/notices/:notice/object",
    { onRequest: admitForm },
    about(async (setting, campaign, request) => {
      const sent = readObjection(request.body);
      const notice = await entryOf(request, campaign.key, sent.position);
      if (sent.website !== "") throw new RefusalError({ code: "request.malformed" });
      const checked = checkObjection(sent);
      if ("errors" in checked) return objectPage(setting, notice, sent, checked.errors);
      try {
        turnstile.pass(request.ip, clock.now());
        const { answerBy } = await apiOf(request, { counted: true }).notice.raiseObjection({
          ...checked.objection,
          campaign: campaign.key,
          notice: notice.id,
          position: Number(sent.position),
          pictures: sent.pictures,
        });
        return objectedPage(setting, notice.id, answerBy);
      } catch (error) {
        if (!(error instanceof RefusalError)) throw error;
        // Whatever stands in the way, what was written stands in the form again.
        const { code, field } = { field: undefined, ...error.refusal };
        const wrong = { [field === "content" ? "pictures" : "form"]: sentenceOf(error.refusal) };
        const page = objectPage(setting, notice, sent, wrong);
        return { page, status: code === "request.rate-limited" ? 429 : 400 };
      }
    }),
  );

  app.get(
    "/verify",
    about(async (setting, campaign, request) => {
      const { number = "", name = "", code } = Texts.parse(request.query);
      const api = apiOf(request);
      if (code !== undefined) {
        return verifyPage(setting, signing.keyId, { number, name, proof: await api.audit.verifyProof({ code }) });
      }
      if (number === "" && name === "") return verifyPage(setting, signing.keyId, { number, name });
      if (number.trim() === "" || name.trim() === "") {
        return verifyPage(setting, signing.keyId, { number, name, error: "请同时填写申请编号和姓名。" });
      }
      const asked = { campaign: campaign.key, number: number.normalize("NFKC").trim(), name: name.trim() };
      return verifyPage(setting, signing.keyId, { number, name, found: await api.audit.verifyConclusion(asked) });
    }),
  );
  const key = { algorithm: signing.algorithm, publicKey: signing.publicKeyPem, keyId: signing.keyId };
  app.get(
    "/keys",
    about((setting) => keysPage(setting, key)),
  );
  app.get("/keys.json", (_request, reply) =>
    reply.type("application/json; charset=utf-8").send(JSON.stringify({ keys: [key] })),
  );
}

const packed = promisify(gzip);

/** Packed for whoever can unpack it: a list of names takes a fifth of the line. */
async function sendPacked(request: FastifyRequest, reply: FastifyReply, text: string): Promise<FastifyReply> {
  reply.header("vary", "accept-encoding");
  if (!/\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) return reply.send(text);
  return reply.header("content-encoding", "gzip").send(await packed(text));
}

const Texts = z.record(z.string(), z.string().max(4000)).catch({});
const TypeAsked = z
  .object({ large: z.enum(["yes", "no"]).catch("no"), back: z.string().max(200).catch("/home") })
  .catch({ large: "no", back: "/home" });

function missingPage(setting: PageSetting) {
  return page(setting, "没有这个页面", note("heed", "没有这个页面，地址可能已经变更。"));
}

function tooLargePage(setting: PageSetting) {
  return page(
    setting,
    "图片过大",
    note("bad", "图片过大，没有收到。请返回上一页，减少图片或换小一些的图片后重新提交，填写的文字还在。"),
  );
}

function refusedPage(setting: PageSetting, refusal: AnyRefusal) {
  return page(setting, "未能办理", note("bad", sentenceOf(refusal)));
}
