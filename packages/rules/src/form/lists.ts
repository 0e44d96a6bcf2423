/** One entry of a national list: code and name. */
export interface Coded {
  code: string;
  name: string;
}

function coded(text: string): readonly Coded[] {
  return text
    .trim()
    .split(/\s+/)
    .map((entry) => {
      const at = entry.indexOf("=");
      return { code: entry.slice(0, at), name: entry.slice(at + 1) };
    });
}

/** GB/T 3304. */
export const ethnicities = coded(`
  01=汉族 02=蒙古族 03=回族 04=藏族 05=维吾尔族 06=苗族 07=彝族 08=壮族 09=布依族 10=朝鲜族 11=满族 12=侗族 13=瑶族 14=白族
  15=土家族 16=哈尼族 17=哈萨克族 18=傣族 19=黎族 20=傈僳族 21=佤族 22=畲族 23=高山族 24=拉祜族 25=水族 26=东乡族 27=纳西族
  28=景颇族 29=柯尔克孜族 30=土族 31=达斡尔族 32=仫佬族 33=羌族 34=布朗族 35=撒拉族 36=毛南族 37=仡佬族 38=锡伯族 39=阿昌族
  40=普米族 41=塔吉克族 42=怒族 43=乌孜别克族 44=俄罗斯族 45=鄂温克族 46=德昂族 47=保安族 48=裕固族 49=京族 50=塔塔尔族
  51=独龙族 52=鄂伦春族 53=赫哲族 54=门巴族 55=珞巴族 56=基诺族`);

/** GB/T 4658, only the levels that teachers have. */
export const educations = coded(`
  10=研究生教育 11=博士研究生毕业 14=硕士研究生毕业 17=研究生班毕业 20=大学本科教育 21=大学本科毕业 28=大学普通班毕业
  30=大学专科教育 31=大学专科毕业 40=中等职业教育 41=中等专科毕业 44=职业高中毕业 47=技工学校毕业
  60=普通高级中学教育 61=普通高中毕业 70=初级中学教育 71=初中毕业`);

/** GB/T 6864, without the specialities. */
export const degrees = coded("2=博士学位 3=硕士学位 4=学士学位 0=无学位");

export const studyModes = coded(
  "full-time=全日制 part-time=非全日制 self-taught=自学考试 distance=网络教育（电大、函授）",
);

export const postNatures = coded(
  "teaching=专任教师 management=管理岗位兼课 research=教学研究 support=教育教学相关工作",
);

export const putonghuaLevels = coded(
  "1A=一级甲等 1B=一级乙等 2A=二级甲等 2B=二级乙等 3A=三级甲等 3B=三级乙等 none=未取得",
);

/** The present series of school teachers, the vocational series, and older names that certificates still bear. */
export const titles = coded(`
  senior-full=正高级教师 senior=高级教师 first=一级教师 second=二级教师 third=三级教师
  vocational-full=正高级讲师 vocational-senior=高级讲师 vocational-lecturer=讲师 vocational-assistant=助理讲师
  practice-full=正高级实习指导教师 practice-senior=高级实习指导教师 practice-first=一级实习指导教师
  practice-second=二级实习指导教师 practice-third=三级实习指导教师
  old-secondary-senior=中学高级教师 old-secondary-first=中学一级教师 old-secondary-second=中学二级教师
  old-secondary-third=中学三级教师 old-primary-senior=小学高级教师 old-primary-first=小学一级教师
  old-primary-second=小学二级教师 old-primary-third=小学三级教师 other=其他系列专业技术职务 none=未评职称`);

/** Whether a title is a school teacher's, as support institutions require (Notice §一(二)). */
export function isTeacherTitle(code: string): boolean {
  return code !== "none" && code !== "other" && titles.some((title) => title.code === code);
}

/** Grades of the annual assessment. */
export const assessmentGrades = coded(`
  excellent=优秀 competent=合格 basic=基本合格 failed=不合格 ungraded=未定等次 absent=未参加`);

export const documentKinds = coded(`
  id-card=居民身份证 residence-permit=港澳台居民居住证 home-return-permit=港澳居民来往内地通行证 taiwan-permit=台湾居民来往大陆通行证 passport=护照`);

export function codesOf(list: readonly Coded[]): [string, ...string[]] {
  const [first, ...rest] = list.map((entry) => entry.code);
  if (first === undefined) throw new Error("the list is empty");
  return [first, ...rest];
}

/** The name of a code; the code itself if unknown. */
export function nameOfCode(list: readonly Coded[], code: string): string {
  return list.find((entry) => entry.code === code)?.name ?? code;
}
