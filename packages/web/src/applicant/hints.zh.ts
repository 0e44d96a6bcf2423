import type { FormField } from "@shice/rules/form/form.ts";

/** What helps to fill in a field; fields that explain themselves have none. */
export const fieldHints: Partial<Record<FormField, string>> = {
  certificateKind: "按证书填写。有几本证书的，填写与现在任教岗位一致的那一本。",
  certificateSubject: "按证书填写。1996年至1998年的证书没有任教学科，填“无”。",
  certificateIssuedOn: "证书上的日期，不是领证的日期。",
  certificateIssuer: "按证书上的名称填写。机构后来改名、合并的，仍按证书填写。",
  certificateName: "证书上的姓名与现在的身份证不一样时才填。",
  postKind: "现在实际任教的学段。",
  subject: "现在实际任教的学科。任教多门的，填主要的一门。",
  secondedTo: "写全称。",
  graduatedFrom: "写毕业证书上的全称。",
  contractSince: "与现在这所学校的聘用合同从哪一天开始。",
  workingSince: "与人事档案一致。",
  birthplace: "省（市）、区县，如：重庆市万州区。",
  householdRegistration: "户口簿上的地址，写到区县即可。",
  address: "能收到信件的地址。",
  email: "用来接收通知，可与账号的邮箱不同。",
  onPost: "长期病休、待岗、外派不占编的，选“否”。",
  teachingRelatedWork: "教师进修、教研、电教等单位的人员填写。",
  newlyHired: "首次聘为教师、还没有参加过定期注册的，选“是”。",
  probationFinishedOn: "聘用合同或学校通知上写明的日期。",
  assessments: "填写本注册有效期内各年度的等次，至少要有上一年度。",
  trainingHours: "本注册有效期内区县认可的继续教育学时，按学时证明填写。",
};

/** Fields that whoever has nothing to enter leaves empty. */
export const optionalFields: ReadonlySet<FormField> = new Set<FormField>([
  "degree",
  "teachingRelatedWork",
  "telephone",
  "interruption",
]);
