/**
 * Texts that people accept or read. A changed text needs a new version, because the version is recorded with the
 * consent.
 */
export const privacyNoticeVersion = "privacy-1";
export const undertakingVersion = "honesty-1";

/** 诚信承诺, accepted at the submission and printed on the form. */
export const undertakingText = "本人承诺：所填内容和提交的材料真实、准确、完整；如有虚假，愿承担相应责任。";

export const attestationVersion = "attestation-1";
/** Accepted besides the undertaking if the school filled in for the teacher. */
export const attestationText =
  "学校代我填写的内容，我已逐项核对，有误的已经改正；所提交的内容由我本人确认，与我本人填写的具有同等效力。";

/** 个人信息处理告知, one string for each paragraph. */
export const privacyNotice: readonly { title: string; text: string }[] = [
  {
    title: "处理什么、为什么",
    text: "为办理教师资格定期注册，处理您的身份证件、教师资格证书、任教、学历、联系方式、年度考核和培训等信息。这是履行法定职责所必需，不用于其他目的；与注册无关的信息（如政治面貌、健康状况的细节）不收集。",
  },
  {
    title: "谁能看到",
    text: "您所在学校的经办人、所在区县的初审人员、市级复核人员和终审人员，只在办理您的申请时查看。每次查看都有记录，您可以在“谁看过我的材料”中查询。公示名单中的姓名隐去一字，不公布证件号码和证书号码。",
  },
  {
    title: "怎样保存",
    text: "证件号码、证书号码和联系方式加密保存。没有提交的草稿删除后即清除；提交并办结的申请按档案管理的规定保存。",
  },
  {
    title: "您的权利",
    text: "您可以查阅、打印自己的申请，在现场确认前修改或撤回；已撤回的申请，可以自行清除填写的内容。对信息处理有疑问的，请联系学校经办人或区县教育行政部门。",
  },
];
