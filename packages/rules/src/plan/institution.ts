/** Kinds of institution that a plan's scope can accept (Notice §一(一), §一(二)). */
export const institutionKinds = [
  "kindergarten",
  "primary",
  "junior",
  "nine-year",
  "senior",
  "complete-secondary",
  "vocational",
  "special",
  "teacher-training",
  "teaching-research",
  "audio-visual",
  "open-university-branch",
  "health-care",
  "education-management",
] as const;
export type InstitutionKind = (typeof institutionKinds)[number];

export const ownerships = ["public", "private"] as const;
export type Ownership = (typeof ownerships)[number];

export const ownershipTitles: Record<Ownership, string> = { public: "公办", private: "民办" };

export const institutionTitles: Record<InstitutionKind, string> = {
  kindergarten: "幼儿园",
  primary: "小学",
  junior: "初级中学",
  "nine-year": "九年一贯制学校",
  senior: "高级中学",
  "complete-secondary": "完全中学",
  vocational: "中等职业学校",
  special: "特殊教育学校",
  "teacher-training": "教师进修学校（院）",
  "teaching-research": "教研（科）室（所）",
  "audio-visual": "电教（教仪）馆（站）",
  "open-university-branch": "电大分校（工作站）",
  "health-care": "卫生保健所",
  "education-management": "教育管理中心",
};

/** Posts of teachers: the columns of the certificate-by-post matrix. */
export const postKinds = [
  "kindergarten",
  "primary",
  "junior",
  "senior",
  "vocational-course",
  "vocational-practice",
] as const;
export type PostKind = (typeof postKinds)[number];

export const postTitles: Record<PostKind, string> = {
  kindergarten: "幼儿园",
  primary: "小学",
  junior: "初中",
  senior: "高中",
  "vocational-course": "中职文化课、专业课",
  "vocational-practice": "中职实习指导",
};

/** Kinds of teacher's certificate, in the order of their digit (1 to 7) in the certificate number. */
export const certificateKinds = [
  "kindergarten",
  "primary",
  "junior",
  "senior",
  "vocational",
  "vocational-practice",
  "higher-education",
] as const;
export type CertificateKind = (typeof certificateKinds)[number];

export const certificateTitles: Record<CertificateKind, string> = {
  kindergarten: "幼儿园教师资格",
  primary: "小学教师资格",
  junior: "初级中学教师资格",
  senior: "高级中学教师资格",
  vocational: "中等职业学校教师资格",
  "vocational-practice": "中等职业学校实习指导教师资格",
  "higher-education": "高等学校教师资格",
};
