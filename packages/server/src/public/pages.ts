import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import { fullDayText, windowDaysText } from "@shice/contract/sentences/days.zh.ts";
import { answerOf, questionsOf } from "@shice/rules/eligibility/questions.ts";
import { checklistOf } from "@shice/rules/materials/checklist.ts";
import MarkdownIt from "markdown-it";
import type { Campaign } from "../case/campaign.ts";
import type { CampaignTextRow } from "../case/campaign-texts.ts";
import { type Html, html, raw } from "../platform/http/html.ts";
import { nearStagesOf, nowList } from "./calendar-page.ts";
import { note, type PageSetting, page } from "./layout.ts";

/** The site's first page: what is open now, and the ways on. */
export function homePage(setting: PageSetting, campaign: Campaign | undefined): Html {
  if (campaign === undefined) {
    return page(setting, "首页", html`<h1>中小学教师资格定期注册</h1><p>目前没有正在进行的批次。</p>`);
  }
  const { plan } = campaign;
  const links = [
    ["/check", "我要不要注册", "五个问题，看自己要不要注册、在哪里注册"],
    ["/my", "网上报名", "注册账号，填写申请，查看进度，打印申请表"],
    ["/materials", "带什么材料", "现场确认要带的原件和复印件"],
    ["/notices", "公示名单", "查看公示的拟注册结论，提出异议"],
    ["/verify", "核验结论", "按编号或二维码核验注册结论"],
    ["/help", "帮助", "按身份查看办法，特殊情况怎么办"],
  ] as const;
  return page(
    setting,
    campaign.title,
    html`<p class="soft">${plan.issuer}</p>
<h1>${campaign.title}</h1>
<p class="soft">依据${plan.legalBasis.map((basis) => basis.number).join("、")}　<a href="/notice">通知原文</a></p>
<h2>现在可以办理什么</h2>
${nowList(campaign, setting.now, nearStagesOf(campaign, setting.now))}
<p class="row"><a class="button" href="/my">网上报名，查看进度</a><a href="/calendar">查看全部日程</a></p>
<p>${plan.unconfirmed.text}。</p>
<h2>您要办什么</h2>
<ul class="ways">${links.map(([href, title, about]) => html`<li><a href="${href}"><b>${title}</b><span>${about}</span></a></li>`)}</ul>`,
  );
}

const markdown = new MarkdownIt({ html: false, linkify: false, breaks: false });

/** The notice as its campaign manager entered it; HTML in it is shown, not run. */
export function noticeTextPage(setting: PageSetting, campaign: Campaign, text: CampaignTextRow | undefined): Html {
  const { plan } = campaign;
  const body =
    text === undefined
      ? html`<h1>通知原文</h1><p class="none">通知原文还没有录入。日程、范围和材料以本站各页为准，均依据${plan.issuer}${fullDayText(plan.issuedOn)}印发的通知。</p>`
      : html`<div class="words panel">${raw(markdown.render(text.text))}</div>
<p class="soft">由方案管理员录入，第${text.version}版。</p>`;
  return page(setting, "通知原文", body);
}

/** "Must I register, and where?" as a form that needs no script; answered from the plan, with the reason. */
export function checkPage(setting: PageSetting, campaign: Campaign, answers: Readonly<Record<string, string>>): Html {
  const questions = questionsOf(campaign.plan);
  const given = questions.filter(({ key, options }) => options.some(({ value }) => value === answers[key]));
  const asked = Object.keys(answers).length > 0;
  const missing = questions.filter((question) => !given.includes(question));
  return page(
    setting,
    "我要不要注册",
    html`<h1>我要不要注册，在哪里注册</h1>
<p>回答五个问题。不用登录，也不保存您的回答。</p>
${asked && missing.length > 0 ? note("bad", `还有${missing.length}个问题没有回答：`, html`<ul>${missing.map(({ key, text }) => html`<li><a href="#q-${key}">${text}</a></li>`)}</ul>`) : undefined}
${asked && missing.length === 0 ? verdict(campaign, answers, setting.now) : undefined}
<form method="get" action="/check" class="panel"><input type="hidden" name="asked" value="yes">
${questions.map(
  ({ key, text, options }, at) => html`<fieldset id="q-${key}"><legend>${at + 1}. ${text}</legend>
<div class="choices">${options.map(
    (option) =>
      html`<label class="choice"><input type="radio" name="${key}" value="${option.value}"${answers[key] === option.value ? html` checked` : undefined}><span>${option.text}</span></label>`,
  )}</div></fieldset>`,
)}
<button class="button">看结果</button>
</form>
<p class="soft">回答以您填写的情况为准，最终由注册机构核定。</p>`,
  );
}

function verdict({ plan }: Campaign, answers: Readonly<Record<string, string>>, now: Temporal.Instant): Html {
  const { verdict: answer, reasons } = answerOf(plan, answers, now);
  const titles = {
    must: "您应当参加本批次注册",
    "need-not": "您不在本批次的注册范围内",
    "may-not": "您现在不能申请注册",
    later: "您暂时还不能注册",
  } as const;
  const next =
    answer === "must"
      ? html`<p class="row"><a class="button" href="/my">去报名</a><a href="/materials?standing=${answers["standing"] === "new" ? "newly-hired" : "serving"}${answers["standing"] === "lent-out" ? "&amp;seconded=yes" : ""}">看要带什么材料</a></p>`
      : undefined;
  return html`${note(answer === "must" ? "good" : "heed", titles[answer], html`<ul>${reasons.map((reason) => html`<li>${checksSentenceOf(reason)}</li>`)}</ul>${next}`)}`;
}

/** What to bring, by case: those hired first bring other proofs; where a seconded teacher goes (Notice §三(二), §一(三)). */
export function materialsPage(setting: PageSetting, campaign: Campaign, asked: Readonly<Record<string, string>>): Html {
  const { plan } = campaign;
  const newlyHired = asked["standing"] === "newly-hired";
  const seconded = asked["seconded"] === "yes";
  const checklist = checklistOf(plan, { newlyHired, registrationKind: "first" });
  const needs = (item: (typeof checklist)[number]) =>
    [
      ...(item.originalSeen ? ["原件"] : []),
      ...(item.copies > 0 ? [item.originalSeen ? `复印件${item.copies}份` : `${item.copies}份`] : []),
    ].join("、") + (item.copyStamped ? "，复印件由学校核对后加盖“与原件相符”章和公章" : "");
  const choice = (name: string, value: string, text: string, checked: boolean) =>
    html`<label class="choice"><input type="radio" name="${name}" value="${value}"${checked ? html` checked` : undefined}><span>${text}</span></label>`;
  return page(
    setting,
    "带什么材料",
    html`<h1>现场确认带什么材料</h1>
<p>现场确认：${windowDaysText(plan.stages.confirm)}，在所在学校办理。</p>
<form method="get" action="/materials" class="panel">
<fieldset><legend>您是</legend>${choice("standing", "serving", "在职教师", !newlyHired)}${choice("standing", "newly-hired", "初聘教师（试用期满，首次注册）", newlyHired)}</fieldset>
<fieldset><legend>是否借调</legend>${choice("seconded", "no", "没有借调", !seconded)}${choice("seconded", "yes", "借调在其他单位工作", seconded)}</fieldset>
<button class="button">查看</button>
</form>
${
  seconded
    ? note(
        "heed",
        plan.scope.persons.seconded === "lending-school"
          ? "借调教师在借出单位（编制所在的学校）确认，材料交到借出单位。"
          : "借调教师在借入单位（现任教的学校）确认，材料交到借入单位。",
      )
    : undefined
}
<div class="wide"><table class="stack" role="table"><caption>${newlyHired ? "初聘教师" : "在职教师"}的材料</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">项</th><th scope="col" role="columnheader">材料</th><th scope="col" role="columnheader">要求</th><th scope="col" role="columnheader">由谁准备</th></tr></thead>
<tbody role="rowgroup">${checklist.map((item) => html`<tr role="row"><th scope="row" role="rowheader" data-t="项">${item.item}</th><td role="cell" data-t="材料">${item.name}</td><td role="cell" data-t="要求">${needs(item)}</td><td role="cell" data-t="由谁准备">${item.suppliedBy === "school" ? "学校统一提供，每人一份" : "您自己带"}</td></tr>`)}</tbody></table></div>
<p>报名并提交之后，可以在“我的申请”打印按您的情况列出的材料清单。</p>`,
  );
}
