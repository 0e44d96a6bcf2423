import type { ThemeConfig } from "antd";

/** Dark enough for WCAG AA on white and on the grey of the page; antd's own blue, red and greys are not. */
const colours = {
  primary: "#17427e",
  link: "#1a4f9c",
  error: "#b3261e",
  warning: "#8a5300",
  success: "#22682c",
  text: "#1c2128",
  secondary: "#4d5662",
  page: "#f3f5f8",
  line: "#d5dae1",
} as const;

export const theme: ThemeConfig = {
  cssVar: { key: "shice" },
  token: {
    // Who presses a button and waits can still read it.
    opacityLoading: 0.9,
    // Whom motion makes ill has said so to the system (WCAG 2.3.3).
    motion: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    colorPrimary: colours.primary,
    colorLink: colours.link,
    colorError: colours.error,
    colorWarning: colours.warning,
    colorSuccess: colours.success,
    colorInfo: colours.primary,
    // Derived from dark colours these would be muddy.
    colorSuccessBg: "#e9f5ec",
    colorSuccessBorder: "#8fc19b",
    colorInfoBg: "#e9f0fa",
    colorInfoBorder: "#9db8dd",
    colorWarningBg: "#fff5e0",
    colorWarningBorder: "#e0b469",
    colorErrorBg: "#fdecea",
    colorErrorBorder: "#e3a19b",
    colorText: colours.text,
    controlItemBgActive: "#e3ebf6",
    controlItemBgActiveHover: "#dbe5f3",
    controlItemBgHover: "#f0f4fa",
    colorTextSecondary: colours.secondary,
    colorTextTertiary: colours.secondary,
    colorTextDescription: colours.secondary,
    colorTextPlaceholder: "#5f6873",
    colorTextDisabled: "#59616c",
    colorBgContainerDisabled: "#f4f5f7",
    colorBgLayout: colours.page,
    colorBorder: "#9aa3ae",
    colorBorderSecondary: colours.line,
    borderRadius: 4,
    fontSize: 15,
    fontFamily:
      '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "HarmonyOS Sans SC", system-ui, sans-serif',
  },
  components: {
    Layout: {
      headerBg: colours.primary,
      headerColor: "#fff",
      siderBg: "#fff",
      headerHeight: 56,
      headerPadding: "0 16px",
    },
    Table: {
      headerBg: "#e9eef5",
      cellPaddingBlock: 10,
      rowHoverBg: "#f4f7fb",
      rowSelectedBg: "#e3ebf6",
      rowSelectedHoverBg: "#dbe5f3",
    },
    Menu: { itemSelectedBg: "#e3ebf6", itemSelectedColor: colours.primary },
  },
};
