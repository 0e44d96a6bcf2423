import { windowDaysText } from "@shice/contract/sentences/days.zh.ts";
import { privacyNotice } from "@shice/contract/texts.zh.ts";
import type { Campaign } from "../case/campaign.ts";
import { type Html, html } from "../platform/http/html.ts";
import { type PageSetting, page } from "./layout.ts";

interface Topic {
  key: string;
  title: string;
  about: string;
  body: (campaign: Campaign) => Html;
}

const paragraphs = (texts: readonly string[]) => html`${texts.map((text) => html`<p>${text}</p>`)}`;
const steps = (texts: readonly string[]) => html`<ol>${texts.map((text) => html`<li>${text}</li>`)}</ol>`;
const cases = (all: readonly (readonly [string, string])[]) =>
  html`${all.map(([title, text]) => html`<h2>${title}</h2><p>${text}</p>`)}`;

/** Help by role, and the special cases spelt out: what a teacher asks a clerk, answered before the question. */
const topics: readonly Topic[] = [
  {
    key: "teacher",
    title: "教师",
    about: "从注册账号到拿到结论",
    body: ({ plan }) => html`${steps([
      "先用“我要不要注册”看自己是否在范围内、在哪所学校注册。",
      "注册账号：准备身份证件、手机和能收信的电子邮箱，收到邮件后验证邮箱。",
      "按八步填写申请。填写的内容自动保存，可以分几次填、换手机或电脑接着填。",
      `在第8步提交。网上报名${windowDaysText(plan.stages.apply)}，没有提交的草稿不算报名。`,
      "打印申请表一式两份，每份签名；打印现场确认凭条和材料清单。",
      `带材料原件到学校现场确认。现场确认${windowDaysText(plan.stages.confirm)}；${plan.unconfirmed.text}。`,
      "学校退回的，会写明要改什么，只能改那几项，改好再次提交。",
      "公示期间可以查看本人的拟注册结论，有异议的在公示期内提出。",
      "终审之后，在“我的申请”签收并查看结论，下载带二维码的电子证明。",
    ])}
<p>任何时候打开“我的申请”，最上面一行都写着：办到哪一步、该谁办、什么时候截止、不办会怎样。有问题的，可以在那里给学校（报送以后是区县）留言，答复后会发消息告诉您。</p>
<p>不想收到太多邮件的，在“我的账号”的“接收方式”中设置；要您办理或者有后果的消息总会发到邮箱。</p>`,
  },
  {
    key: "special",
    title: "特殊情况怎么办",
    about: "几本证书、15位号码、没有学科、更名、借调、遗失",
    body: () =>
      cases([
        ["有几本教师资格证书", "只用与现在任教岗位一致的那一本注册。其他证书继续有效，不用注册，以后换了岗位再用。"],
        [
          "证书号码是15位",
          "2008年以前的证书号码多为15位，照证书填写即可。位数不是15位或17位、带有字母汉字的，系统会提示；证书原件上确实如此的，勾选“证书原件上的号码确实如此”后可以提交，并带原件到学校核对。",
        ],
        [
          "证书上没有任教学科",
          "1996年至1998年颁发的部分证书没有任教学科，填“无”。其他年份的证书上没有学科的，也填“无”，并带原件到学校核对。",
        ],
        [
          "姓名或身份证号码变更过",
          "身份证由15位升为18位的，不用办任何手续。更改过姓名的，在第4步填写证书上的姓名，带户口簿到学校说明，并向原发证机构申请更正证书；更正来不及的，可以在以后的批次注册。",
        ],
        [
          "证书上的信息有误",
          "性别、种类、号码等印错的，照证书填写，带原件到学校核对，同时向原发证机构申请更正。学校会把您放在“证书更正”一栏，更正后再办，不算漏报。",
        ],
        [
          "证书遗失",
          "先向原发证机构申请补发，补发的证书号码不变。补发需要时间，请尽早办理；本批次来不及的，告诉学校经办人登记原因，在以后的批次注册。",
        ],
        ["借调", "借调教师在借出单位（编制所在的学校）注册。第5步会问借调情况，任教学校选借出单位。"],
        [
          "证书种类与任教学段不一致",
          "可以继续申请，由初审机构核定。幼儿园教师持其他学段证书的，请先向区县了解当地的培训要求。",
        ],
        [
          "名字里有生僻字",
          "照身份证输入。手机打不出来的，可以从身份证的电子版或户籍证明复制；打印时字库里没有的字会印出编码，请在旁边手写。",
        ],
        [
          "自己不便上网填写",
          "可以请学校经办人代填。填好后学校会给您一张代填核对单，您用自己的证件号码注册、登录，逐项核对，有误的改正，再由本人作出承诺并提交。本人没有提交的只是草稿，不算报名。学校填了哪些内容、谁在什么时候填的，您都能看到。",
        ],
        [
          "正在休产假、病假或外出学习",
          "仍由所在学校组织注册。学习、培训、交流、病产假期间不算中止教学，第7步按实际填写。",
        ],
      ]),
  },
  {
    key: "account",
    title: "账号、密码和邮箱",
    about: "收不到邮件、忘记密码、换邮箱换手机",
    body: () =>
      cases([
        [
          "收不到验证邮件",
          "先看垃圾邮件。邮箱填错的，登录后在“我的账号”更换邮箱。没有验证邮箱也可以填报，但忘记密码时要靠它找回。",
        ],
        ["忘记密码", "在登录页选“忘记密码”，按邮件在1小时内重设。链接只能用一次。"],
        [
          "邮箱用不了了",
          "带身份证件到学校，经办人当面核对后给您一个8位验证码，30分钟内有效，您凭它自己设新密码、换邮箱。经办人看不到您的密码，每次协助都有记录，并会通知您。",
        ],
        ["登录失败次数过多", "连续5次输错会锁定15分钟，过后再试，或用“忘记密码”。"],
        ["怀疑别人登录了我的账号", "在“我的账号”查看全部登录，结束不是您的，并修改密码。"],
        [
          "怎样分辨真假网站",
          "本系统不会索要银行卡、验证码或费用。请从学校、教委通知中的地址进入，不要点陌生短信里的链接。",
        ],
      ]),
  },
  {
    key: "photo",
    title: "照片和扫描件",
    about: "尺寸、底色、怎样裁剪",
    body: ({ plan }) =>
      paragraphs([
        `照片为近期免冠彩色正面照，${plan.photo.widthPx}×${plan.photo.heightPx}像素，底色为${plan.photo.grounds.map((dependencies) => ({ "pale-blue": "浅蓝", red: "红", white: "白" })[dependencies]).join("、")}之一。尺寸和大小由系统处理：选一张清楚的照片，在页面上拖动、放大、摆正即可。`,
        "系统会检查大小、亮度和背景。有提示也可以用，但学校可能要求更换。",
        "证书、合同等材料可以先拍照上传，便于学校提前核对。只收图片，PDF、Word 文件请拍照或另存为图片。上传的图片会重新生成，只保留画面。证书图片上的号码由程序自动识别，与您填写的不同时会提醒您核对；识别在本系统内进行，不经过其他单位。",
      ]),
  },
  {
    key: "school",
    title: "学校经办人",
    about: "名册、现场确认、报送",
    body: ({ plan }) => html`${steps([
      "接受邀请邮件，设置自己的密码。账号只给本人用，不要共用。",
      "核对应注册教师名册，没有申请的逐人登记原因。",
      "不便自己填报的教师，在名册中点“代为填写”，填好后打印代填核对单交给本人，由本人登录核对、承诺、提交。学校不能代为提交。",
      `现场确认（${windowDaysText(plan.stages.confirm)}）：逐项核对原件，复印件加盖“与原件相符”章和学校公章，对照证书核对填报信息，确认或退回。`,
      "退回要选事由，写明要改什么；教师只能改那几项。",
      "第5、6、7项材料可以由学校统一提供，每人一份，登记签字人。",
      "确认结束后，选好人员报送区县，打印交接清单，双方签收。",
    ])}
<p>教师的留言在“教师留言”和申请页中答复；要通知本校教师的，用“群发通知”，按办理情况选择发给谁。</p>
<p>教师忘了密码、邮箱又用不了的，核对身份证件后，在名册页选“协助重设密码”，把验证码给教师本人。</p>`,
  },
  {
    key: "district",
    title: "区县和市级人员",
    about: "初审、公示、上报、复审、终审",
    body: ({ plan }) =>
      html`${steps([
        `初审（${windowDaysText(plan.stages.preliminary)}）：系统按方案列出事实和建议，由人作出意见，写明理由。`,
        `公示不少于${plan.stages.notice.days}${plan.stages.notice.unit === "working" ? "个工作日" : "天"}，期满前不能提前结束。`,
        "异议在规定期限内核查答复，只影响本人，不影响同一名单的其他人。",
        "统计表由记录生成，填表、审核两人签名后上报，上报后锁定。",
        "复审抽查、终审决定、注册贴领用发放，均逐笔登记经办人和保管人。",
      ])}
<p>报送以后，教师的留言由区县在“教师留言”中答复。两份申请填报了同一证书号码的，系统会把申请编号告诉双方学校和区县。</p>`,
  },
  {
    key: "privacy",
    title: "个人信息处理告知",
    about: "收集什么、谁能看、怎样保存",
    body: () => cases(privacyNotice.map(({ title, text }) => [title, text] as const)),
  },
  {
    key: "accessibility",
    title: "无障碍",
    about: "大字号、键盘、读屏",
    body: () =>
      paragraphs([
        "页面右上角可以切换大字号，记在这台设备上；也可以用浏览器放大到两倍，内容不会被截断。",
        "全部功能都可以只用键盘完成：Tab 移动，空格选择，回车确认；裁剪照片时用方向键移动。",
        "在系统中设置了“减弱动态效果”的，页面不再使用动画。",
        "公示、日程、帮助等页面关闭 JavaScript 也能阅读和填写。",
        "遇到障碍的，请联系学校经办人当面协助。",
      ]),
  },
];

export function helpPage(setting: PageSetting): Html {
  return page(
    setting,
    "帮助",
    html`<h1>帮助</h1>
<ul class="ways">${topics.map(({ key, title, about }) => html`<li><a href="/help/${key}"><b>${title}</b><span>${about}</span></a></li>`)}</ul>
<p>没有找到答案的，请先向所在学校经办人询问，学校解决不了的由区县教育行政部门答复。</p>`,
  );
}

/** Undefined where there is no such topic. */
export function topicPage(setting: PageSetting, campaign: Campaign, key: string): Html | undefined {
  const topic = topics.find((found) => found.key === key);
  if (topic === undefined) return undefined;
  return page(
    setting,
    topic.title,
    html`<p><a href="/help">帮助</a></p><h1>${topic.title}</h1><div class="panel">${topic.body(campaign)}</div>`,
  );
}
