import type { Finding } from "@shice/rules/finding.ts";
import { documentKinds, nameOfCode } from "@shice/rules/form/lists.ts";
import { certificateKinds, certificateTitles, postKinds, postTitles } from "@shice/rules/plan/institution.ts";
import { type ByCode, type Wordings, wordedBy } from "../wording.ts";

type Sentences = Wordings<ByCode<Finding>>;

/** One sentence for each finding: the fault, the side that is probably wrong, and the paper to check or bring. */
export const checkSentences: Sentences = {
  "identity.empty": () => "请填写证件号码。",
  "identity.length": ({ length }) =>
    length === 15
      ? "15位身份证号码已停止使用，请按现行居民身份证填写18位号码。"
      : `证件号码应为18位，现为${length}位，请对照证件核对。`,
  "identity.characters": () => "证件号码只能由数字组成（最后一位可以是X），请对照证件核对。",
  "identity.date": ({ date }) => `证件号码第7至14位“${date}”不是有效的出生日期，请对照证件核对。`,
  "identity.check-digit": () => "证件号码的校验位不对，很可能有一位输错或相邻两位颠倒，请对照证件逐位核对。",
  "identity.excel-lost": () =>
    "证件号码末尾变成了000，是表格软件把号码当作数字保存造成的。请把该列设为“文本”后重新填写完整号码。",
  "identity.kind-differs": ({ documentKind }) =>
    documentKind === "id-card"
      ? "以81、82、83开头的是港澳台居民居住证的号码。请核对证件类型，一般是证件类型选错。"
      : "港澳台居民居住证的号码以810000、820000或830000开头。请核对证件类型，一般是证件类型选错。",
  "identity.pattern": ({ documentKind }) =>
    `证件号码与“${nameOfCode(documentKinds, documentKind)}”的常见格式不同，请对照证件核对，并携带原件到学校现场核对。`,
  "identity.other-document": () => "该类证件号码无法自动校验，请学校现场核对证件原件。",
  "name.empty": () => "请填写姓名。",
  "name.too-long": ({ length }) => `姓名不超过50个字，现为${length}个字。`,
  "name.characters": () => "姓名中有不能使用的字符。少数民族姓名的间隔号请使用“·”。",
  "certificate.length": ({ length }) =>
    length === 0
      ? "请填写教师资格证书号码。"
      : `教师资格证书号码一般为15位或17位，现为${length}位。请对照证书原件核对；原件上确实如此的，请勾选“证书原件上的号码确实如此”，并携带原件到学校核对。`,
  "certificate.characters": () =>
    "教师资格证书号码一般全为数字。请对照证书原件核对；原件上确实如此的，请勾选“证书原件上的号码确实如此”，并携带原件到学校核对。",
  "certificate.kind-differs": ({ inNumber, entered }) =>
    `号码中的资格种类是“${kindTitle(inNumber)}”，您选择的是“${kindTitle(entered)}”。请对照证书原件，一般是资格种类选错。`,
  "certificate.kind-unknown": ({ digit }) => `号码中表示资格种类的数字“${digit}”不在1至7之内，请对照证书原件核对号码。`,
  "certificate.year-differs": ({ inNumber, issued }) =>
    `号码中的年份是${inNumber}年，您填写的颁发日期是${issued}年。请对照证书原件，一般是颁发日期填错。`,
  "certificate.year-unlikely": ({ year }) =>
    `号码中的年份是${year}年，一般不会有这一年颁发的教师资格证书，请对照证书原件核对号码。`,
  "certificate.province-unknown": ({ province }) => `号码中的省份代码“${province}”不存在，请对照证书原件核对号码。`,
  "certificate.holder-differs": () =>
    "号码中的地区代码与您证件号码的前六位不同。由15位升为18位的不受影响；其他情况请携带证书原件到学校核对。",
  "certificate.sex-differs": () => "号码中的性别代码与您的证件不符。如证书原件上确实如此，请携带原件到学校核对。",
  "certificate.post-mismatch": ({ certificate, post, answer }) =>
    answer === "no"
      ? `持有“${kindTitle(certificate)}”一般不能担任“${postTitle(post)}”岗位。可以继续申请，由初审机构核定。`
      : `“${kindTitle(certificate)}”担任“${postTitle(post)}”岗位须由初审机构核定，可以继续申请。`,
  "certificate.no-subject": () => "1996年至1998年颁发的证书没有任教学科，填“无”即可。",
  "certificate.no-subject-unlikely": ({ issued }) =>
    `${issued}年颁发的证书一般载有任教学科，您填写的是“无”。请对照证书原件；证书上确实没有的，请携带原件到学校核对。`,
  "certificate.name-differs": () =>
    "证书上的姓名与您的证件不一致。请先核对是否填错；确已更名的，请携带载有曾用名的户口簿到学校说明，并向发证机构申请更正证书，更正后再注册，本批次来不及的可在以后的批次申请。",
  "certificate.scan-differs": ({ read, from }) =>
    `上传的证书图片上，号码识别为“${read}”，与填写的从第${from}位起不同。识别可能有误，请对照证书原件，以原件为准。`,
  "form.missing": ({ title }) => `请填写“${title}”。`,
  "form.malformed": ({ title, sentence }) => `“${title}”填写有误：${sentence.replace(/。$/, "")}。`,
  "form.date-order": ({ earlier, later }) => `“${later}”不能早于“${earlier}”，请核对。`,
  "form.date-future": ({ title }) => `“${title}”不能晚于今天，请核对。`,
  "form.before-birth": ({ title }) => `“${title}”早于您的出生日期，请核对。`,
  "form.too-young": ({ title }) => `“${title}”早于您年满15周岁的日期，请核对；确实如此的，可以继续申请。`,
  "form.hours-short": ({ hours, needed }) =>
    `本注册有效期内的培训学时为${hours}，少于规定的${needed}学时，初审时可能提出暂缓注册。请核对学时证明。`,
  "form.assessment-missing": ({ year }) =>
    `没有填写${year}年的年度考核结果。该年度的考核证明是现场确认须提交的材料，请补填。`,
  "form.assessment-twice": ({ year }) => `${year}年的年度考核填写了两次，请保留一次。`,
  "form.assessment-future": ({ year }) => `${year}年还没有到，不能填写该年的年度考核结果，请核对年份。`,
  "eligibility.not-in-scope": ({ source }) => `您的单位不在本批次的注册范围内（依据：${source}）。`,
  "eligibility.industry-run": ({ source }) => `行业、企业举办的学校暂不纳入本批次注册（依据：${source}）。`,
  "eligibility.ownership": ({ source }) => `您单位的举办性质不在本批次的注册范围内（依据：${source}）。`,
  "eligibility.support-needs-title": ({ source }) =>
    `教育机构人员须从事教育教学相关工作并聘任为教师专业技术职务，才在本批次注册（依据：${source}）。`,
  "eligibility.not-in-establishment": ({ source }) => `本批次只注册在编教师（依据：${source}）。`,
  "eligibility.not-on-post": ({ source }) => `本批次只注册在岗教师（依据：${source}）。`,
  "eligibility.probation-running": ({ source }) => `试用期未满，试用期满后再申请注册（依据：${source}）。`,
  "eligibility.induction-not-passed": ({ source }) => `岗前培训尚未考核合格，合格后再申请注册（依据：${source}）。`,
  "eligibility.register-at-lending-school": ({ source }) =>
    `借调教师在借出单位参加注册，请改选您编制所在的学校（依据：${source}）。`,
  "eligibility.register-at-borrowing-school": ({ source }) =>
    `借调教师在借入单位参加注册，请改选您现在任教的学校（依据：${source}）。`,
  "eligibility.area-not-in-plan": ({ source }) => `您单位所在的地区不在本批次的注册范围内（依据：${source}）。`,
  "eligibility.registered-recently": ({ opensOn, source }) =>
    `您在有效期内已经注册，下一次注册自${dayText(opensOn)}起办理（依据：${source}）。`,
  "eligibility.restricted": ({ until }) =>
    until === null
      ? "按规定不能申请教师资格注册。如有疑问，请向注册机构查询。"
      : `至${dayText(until)}止，按规定不能申请教师资格注册。如有疑问，请向注册机构查询。`,
  "eligibility.retiring": ({ source }) => `即将退休的教师可以不参加本批次注册（依据：${source}）。`,
  "eligibility.must": ({ seconded, source }) =>
    seconded === "lending-school"
      ? `您应当参加本批次注册，在编制所在的学校（单位）办理；借调的，在借出单位办理（依据：${source}）。`
      : `您应当参加本批次注册，在现任教的学校（单位）办理；借调的，在借入单位办理（依据：${source}）。`,
};

/** The sentence of a finding. */
export function checksSentenceOf(finding: Finding): string {
  return wordedBy(checkSentences, finding.code, finding);
}

function kindTitle(kind: string): string {
  const known = certificateKinds.find((candidate) => candidate === kind);
  return known === undefined ? kind : certificateTitles[known];
}

function postTitle(post: string): string {
  const known = postKinds.find((candidate) => candidate === post);
  return known === undefined ? post : postTitles[known];
}

function dayText(day: string): string {
  const { year, month, day: number } = Temporal.PlainDate.from(day);
  return `${year}年${month}月${number}日`;
}
