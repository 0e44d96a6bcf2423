/**
 * All colours of the program. The office, the plain pages, the public pages and the rehearsal's report take them from
 * here. All have the contrast of WCAG AA on their background (`palette.test.ts` measures it).
 */
export const palette = {
  text: "#1c2128",
  secondary: "#4d5662",
  /** Placeholders and disabled text. */
  faint: "#59616c",
  /** Decorative borders. */
  line: "#d5dae1",
  /** Borders of controls. */
  edge: "#77818d",
  page: "#f3f5f8",
  surface: "#ffffff",
  hover: "#f0f4fa",
  disabledGround: "#eceff3",
  headerGround: "#e9eef5",
  selectedGround: "#e3ebf6",
  selectedHover: "#dbe5f3",
  primary: "#17427e",
  primaryDark: "#0f3160",
  link: "#1a4f9c",
  success: "#22682c",
  successGround: "#e9f5ec",
  successLine: "#8fc19b",
  warning: "#7a4a00",
  warningGround: "#fff5e0",
  warningLine: "#e0b469",
  error: "#b3261e",
  errorGround: "#fdecea",
  errorLine: "#e3a19b",
  infoGround: "#e9f0fa",
  infoLine: "#9db8dd",
  /** The backdrop of a dialogue. */
  backdrop: "#0f19288c",
  /** Bars and lines of charts. */
  chartBlue: "#2f6db5",
  chartTeal: "#1d8a74",
  chartAmber: "#b26a00",
  chartPurple: "#7a4fb0",
  chartGrey: "#6b7684",
} as const;

/** The palette as CSS custom properties of `:root`: `--success-ground` and so on. */
export const paletteCss = `:root{color-scheme:light;${Object.entries(palette)
  .map(([name, colour]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${colour}`)
  .join(";")}}`;
