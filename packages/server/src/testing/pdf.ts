/** Of each page of a PDF of ours, whether a picture stands on it. */
export const pagesWithPicture = (pdf: Buffer): boolean[] =>
  pdf
    .toString("latin1")
    .split(/\/Type\s*\/Page(?!s)/)
    .slice(1)
    .map((page) => page.slice(0, page.indexOf("endobj")).includes("/XObject"));

/** How many pages a PDF of ours has. */
export const pagesOf = (pdf: Buffer): number => pdf.toString("latin1").match(/\/Type\s*\/Page(?!s)/g)?.length ?? 0;
