/**
 * Characters that GBK kept in the private use area before Unicode had them, by their GBK code: FE50 to FEA0, without
 * the radicals. Old household and payroll systems still write them. A name with such a character is the same name.
 */
const pairs = `
  E81A㑳 E81B㑇 E81F㖞 E820㘚 E821㘎 E824㥮 E825㤘 E827㧏 E828㧟 E829㩳 E82A㧐 E82D㭎 E82E㱮 E82F㳠 E834䁖 E835䅟
  E837䌷 E83C䎱 E83D䎬 E83F䏝 E840䓖 E841䙡 E842䙌 E844䜣 E845䜩 E846䝼 E847䞍 E849䥇 E84A䥺 E84B䥽 E84C䦂 E84D䦃
  E84E䦅 E84F䦆 E850䦟 E851䦛 E852䦷 E853䦶 E856䲣 E857䲟 E858䲠 E859䲡 E85A䱷 E85B䲢 E85C䴓 E85D䴔 E85E䴕 E85F䴖
  E860䴗 E861䴘 E862䴙 E863䶮`;

const present = new Map(
  pairs
    .trim()
    .split(/\s+/)
    .map((pair) => [String.fromCodePoint(Number.parseInt(pair.slice(0, 4), 16)), pair.slice(4)]),
);

/** Replaces each of these codes by today's Unicode character. */
export function withoutPrivateUse(text: string): string {
  return text.replace(/[\uE815-\uE864]/gu, (character) => present.get(character) ?? character);
}
